-- Undoes V10.
-- loses table task_tags
-- loses table tags
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP TABLE task_tags;
DROP TABLE tags;
