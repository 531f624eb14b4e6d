-- What:  tasks.reminders: all reminders of a task, each with its instant ("at") and, if it counts from the due date,
--        how long before it ("before"). Null where remind_at alone says it, as in every row that is there now.
-- Why:   A task may have up to ten reminders; the first is remind_at. Each row keeps one timer, set for the next.
-- Locks: ACCESS EXCLUSIVE on tasks for an instant, no rewrite; gives up after 50 ms and is tried again. The check is
--        validated beside running writes.
-- Undo:  U26__several_reminders.sql loses all reminders but the first of each task.
-- Each statement can run again, so a run that was cut off is simply repeated.
DO $$
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    ALTER TABLE tasks
        ADD COLUMN IF NOT EXISTS reminders jsonb,
        DROP CONSTRAINT IF EXISTS ck_tasks_reminders_valid,
        ADD CONSTRAINT ck_tasks_reminders_valid CHECK (
            reminders IS NULL
            OR (remind_at IS NOT NULL
                AND jsonb_typeof(reminders) = 'array'
                AND jsonb_array_length(reminders) BETWEEN 1 AND 10
                AND NOT jsonb_path_exists(reminders, '$[*] ? (!exists (@.at))'))
        ) NOT VALID;
END $$;
SET lock_timeout = '10min'; -- what follows makes no write wait
ALTER TABLE tasks VALIDATE CONSTRAINT ck_tasks_reminders_valid;
