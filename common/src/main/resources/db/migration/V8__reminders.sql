-- What:  tasks.remind_at: when to remind the user.
-- Why:   A reminder has an instant of its own, before or after the due date.
-- Locks: ACCESS EXCLUSIVE on tasks for an instant, no rewrite; it gives up after 100 ms and is tried again. The index
--        is built beside running writes.
-- Undo:  U8__reminders.sql loses every reminder.
-- Each statement can run again, so a run that was cut off is simply repeated.
DO $$
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    ALTER TABLE tasks ADD COLUMN IF NOT EXISTS remind_at timestamptz;
END $$;
SET lock_timeout = '10min'; -- what follows makes no write wait
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_remind_at;
CREATE INDEX CONCURRENTLY ix_tasks_remind_at ON tasks (remind_at);
