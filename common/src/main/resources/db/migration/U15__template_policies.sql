-- Undoes V15: the checks go with the columns.
-- loses column recurring_tasks.version where version <> 1
-- loses column recurring_tasks.time_zone where time_zone IS NOT NULL
-- loses column recurring_tasks.start_at where start_at IS NOT NULL
-- loses column recurring_tasks.catch_up where catch_up <> 'latest'
-- loses column recurring_tasks.overlap where overlap <> 'allow'
-- loses column recurring_tasks.lead_time_seconds where lead_time_seconds <> 0
-- loses column recurring_tasks.remind_before_seconds where remind_before_seconds IS NOT NULL
-- loses column recurring_tasks.spawned_count where spawned_count <> 0
-- loses column recurring_tasks.ended_at where ended_at IS NOT NULL
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
ALTER TABLE recurring_tasks
    DROP COLUMN version,
    DROP COLUMN time_zone,
    DROP COLUMN start_at,
    DROP COLUMN catch_up,
    DROP COLUMN overlap,
    DROP COLUMN lead_time_seconds,
    DROP COLUMN remind_before_seconds,
    DROP COLUMN spawned_count,
    DROP COLUMN ended_at;
