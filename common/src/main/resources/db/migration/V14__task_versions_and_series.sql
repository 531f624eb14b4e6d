-- What:  tasks.version (the ETag, carried by events), completed_at, and the place of a task in its series: the template
--        that spawned it, the series' id, the local date-time that its rule counts from, its position.
-- Why:   A change is announced with its number; a chain of tasks counts from its first day ("the 31st"), however often
--        it was moved.
-- Locks: ACCESS EXCLUSIVE on tasks and SHARE ROW EXCLUSIVE on recurring_tasks for an instant, no rewrite; gives up
--        after 50 ms and is tried again. The foreign key is checked and the index is built beside running writes.
-- Undo:  U14__task_versions_and_series.sql loses the versions, instants of completion and series of all tasks.
-- Each statement can run again, so a run that was cut off is simply repeated.
DO $$
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE tasks, recurring_tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    ALTER TABLE tasks
        ADD COLUMN IF NOT EXISTS version bigint NOT NULL DEFAULT 1,
        ADD COLUMN IF NOT EXISTS completed_at timestamptz,
        ADD COLUMN IF NOT EXISTS recurring_task_id text,
        ADD COLUMN IF NOT EXISTS series_id text,
        ADD COLUMN IF NOT EXISTS series_start timestamp,
        ADD COLUMN IF NOT EXISTS series_position integer,
        DROP CONSTRAINT IF EXISTS fk_tasks_recurring_task_id,
        ADD CONSTRAINT fk_tasks_recurring_task_id
            FOREIGN KEY (recurring_task_id) REFERENCES recurring_tasks (id) ON DELETE SET NULL NOT VALID;
END $$;
SET lock_timeout = '10min'; -- what follows makes no write wait
ALTER TABLE tasks VALIDATE CONSTRAINT fk_tasks_recurring_task_id;
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_recurring_task_id;
CREATE INDEX CONCURRENTLY ix_tasks_recurring_task_id ON tasks (recurring_task_id)
    WHERE recurring_task_id IS NOT NULL;
