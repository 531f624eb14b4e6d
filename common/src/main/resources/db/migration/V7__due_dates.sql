-- What:  tasks.due_date.
-- Why:   Tasks are due at an instant.
-- Locks: ACCESS EXCLUSIVE on tasks for an instant, no rewrite; it gives up after 100 ms and is tried again. The index
--        is built beside running writes.
-- Undo:  U7__due_dates.sql loses every due date.
-- Each statement can run again, so a run that was cut off is simply repeated.
DO $$
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    ALTER TABLE tasks ADD COLUMN IF NOT EXISTS due_date timestamptz;
END $$;
SET lock_timeout = '10min'; -- what follows makes no write wait
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_due_date;
CREATE INDEX CONCURRENTLY ix_tasks_due_date ON tasks (due_date);
