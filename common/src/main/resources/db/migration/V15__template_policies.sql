-- What:  recurring_tasks: version, zone, start, what to do after an outage (catch_up) and while the last task is open
--        (overlap), lead time, reminder, how many occurrences were handled, when it ended.
-- Why:   A template says how its tasks come, not only when.
-- Locks: ACCESS EXCLUSIVE on recurring_tasks for an instant, no rewrite; gives up after 100 ms and is tried again. The
--        checks are validated beside running writes.
-- Undo:  U15__template_policies.sql loses these columns of all templates.
-- Each statement can run again, so a run that was cut off is simply repeated.
DO $$
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE recurring_tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    ALTER TABLE recurring_tasks
        ADD COLUMN IF NOT EXISTS version bigint NOT NULL DEFAULT 1,
        ADD COLUMN IF NOT EXISTS time_zone varchar(64),
        ADD COLUMN IF NOT EXISTS start_at timestamp,
        ADD COLUMN IF NOT EXISTS catch_up varchar(10) NOT NULL DEFAULT 'latest',
        ADD COLUMN IF NOT EXISTS overlap varchar(10) NOT NULL DEFAULT 'allow',
        ADD COLUMN IF NOT EXISTS lead_time_seconds bigint NOT NULL DEFAULT 0,
        ADD COLUMN IF NOT EXISTS remind_before_seconds bigint,
        ADD COLUMN IF NOT EXISTS spawned_count integer NOT NULL DEFAULT 0,
        ADD COLUMN IF NOT EXISTS ended_at timestamptz,
        DROP CONSTRAINT IF EXISTS ck_recurring_tasks_catch_up_valid,
        ADD CONSTRAINT ck_recurring_tasks_catch_up_valid
            CHECK (catch_up IN ('latest', 'all', 'none')) NOT VALID,
        DROP CONSTRAINT IF EXISTS ck_recurring_tasks_overlap_valid,
        ADD CONSTRAINT ck_recurring_tasks_overlap_valid
            CHECK (overlap IN ('allow', 'skip')) NOT VALID,
        DROP CONSTRAINT IF EXISTS ck_recurring_tasks_lead_time_valid,
        ADD CONSTRAINT ck_recurring_tasks_lead_time_valid
            CHECK (lead_time_seconds >= 0) NOT VALID,
        DROP CONSTRAINT IF EXISTS ck_recurring_tasks_remind_before_valid,
        ADD CONSTRAINT ck_recurring_tasks_remind_before_valid
            CHECK (remind_before_seconds >= 0) NOT VALID;
END $$;
SET lock_timeout = '10min'; -- what follows makes no write wait
ALTER TABLE recurring_tasks VALIDATE CONSTRAINT ck_recurring_tasks_catch_up_valid;
ALTER TABLE recurring_tasks VALIDATE CONSTRAINT ck_recurring_tasks_overlap_valid;
ALTER TABLE recurring_tasks VALIDATE CONSTRAINT ck_recurring_tasks_lead_time_valid;
ALTER TABLE recurring_tasks VALIDATE CONSTRAINT ck_recurring_tasks_remind_before_valid;
