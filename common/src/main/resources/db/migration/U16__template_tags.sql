-- Undoes V16.
-- loses table recurring_task_tags
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP TABLE IF EXISTS recurring_task_tags;
