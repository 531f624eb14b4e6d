-- Undoes V8: the index goes with the column.
-- loses column tasks.remind_at where remind_at IS NOT NULL
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
ALTER TABLE tasks DROP COLUMN remind_at;
