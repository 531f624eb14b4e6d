-- Undoes V9: the index goes with the column.
-- loses column tasks.recurrence_rule where recurrence_rule IS NOT NULL
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
ALTER TABLE tasks DROP COLUMN recurrence_rule;
