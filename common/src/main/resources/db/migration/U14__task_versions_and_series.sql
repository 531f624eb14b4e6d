-- Undoes V14: the foreign key and the index go with the columns.
-- loses column tasks.version where version <> 1
-- loses column tasks.completed_at where completed_at IS NOT NULL
-- loses column tasks.recurring_task_id where recurring_task_id IS NOT NULL
-- loses column tasks.series_id where series_id IS NOT NULL
-- loses column tasks.series_start where series_start IS NOT NULL
-- loses column tasks.series_position where series_position IS NOT NULL
SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
ALTER TABLE tasks
    DROP COLUMN version,
    DROP COLUMN completed_at,
    DROP COLUMN recurring_task_id,
    DROP COLUMN series_id,
    DROP COLUMN series_start,
    DROP COLUMN series_position;
