-- What:  tasks.priority: low, medium (also for every existing task), high or urgent.
-- Why:   People sort by what matters.
-- Locks: ACCESS EXCLUSIVE on tasks for an instant, no rewrite (a constant default is kept in the catalog); it gives up
--        after 100 ms and is tried again. The check and the index are made beside running writes.
-- Undo:  U6__priority.sql loses every priority.
-- Each statement can run again, so a run that was cut off is simply repeated.
DO $$
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    ALTER TABLE tasks
        ADD COLUMN IF NOT EXISTS priority varchar(20) NOT NULL DEFAULT 'medium',
        DROP CONSTRAINT IF EXISTS ck_tasks_priority_valid,
        ADD CONSTRAINT ck_tasks_priority_valid
            CHECK (priority IN ('low', 'medium', 'high', 'urgent')) NOT VALID;
END $$;
SET lock_timeout = '10min'; -- what follows makes no write wait
ALTER TABLE tasks VALIDATE CONSTRAINT ck_tasks_priority_valid;
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_priority;
CREATE INDEX CONCURRENTLY ix_tasks_priority ON tasks (priority);
