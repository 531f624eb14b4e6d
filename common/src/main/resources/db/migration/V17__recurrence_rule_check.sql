-- What:  A recurrence_rule is an object with exactly one of the keys frequency, rrule and cron, on tasks and templates.
-- Why:   What no part of the system can read must not get in. What the form says is checked by the program.
-- Locks: ACCESS EXCLUSIVE on tasks and recurring_tasks for an instant, one after the other; gives up after
--        100 ms and is tried again.
--        Existing rows are checked afterwards, beside running writes; one that is no rule stops the migration.
-- Undo:  U17__recurrence_rule_check.sql drops the checks; no data is lost.
-- Each statement can run again, so a run that was cut off is simply repeated.
DO $$
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    ALTER TABLE tasks
        DROP CONSTRAINT IF EXISTS ck_tasks_recurrence_rule_valid,
        ADD CONSTRAINT ck_tasks_recurrence_rule_valid CHECK (
            recurrence_rule IS NULL
            OR (jsonb_typeof(recurrence_rule) = 'object'
                AND num_nonnulls(
                    recurrence_rule -> 'frequency', recurrence_rule -> 'rrule', recurrence_rule -> 'cron') = 1)
        ) NOT VALID;
END $$;
DO $$
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE recurring_tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    ALTER TABLE recurring_tasks
        DROP CONSTRAINT IF EXISTS ck_recurring_tasks_recurrence_rule_valid,
        ADD CONSTRAINT ck_recurring_tasks_recurrence_rule_valid CHECK (
            recurrence_rule IS NULL
            OR (jsonb_typeof(recurrence_rule) = 'object'
                AND num_nonnulls(
                    recurrence_rule -> 'frequency', recurrence_rule -> 'rrule', recurrence_rule -> 'cron') = 1)
        ) NOT VALID;
END $$;
SET lock_timeout = '10min'; -- what follows makes no write wait
ALTER TABLE tasks VALIDATE CONSTRAINT ck_tasks_recurrence_rule_valid;
ALTER TABLE recurring_tasks VALIDATE CONSTRAINT ck_recurring_tasks_recurrence_rule_valid;
