-- Undoes V17.
SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
ALTER TABLE tasks DROP CONSTRAINT ck_tasks_recurrence_rule_valid;
ALTER TABLE recurring_tasks DROP CONSTRAINT ck_recurring_tasks_recurrence_rule_valid;
