-- Undoes V6: the index and the check go with the column.
-- loses column tasks.priority where priority <> 'medium'
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
ALTER TABLE tasks DROP COLUMN priority;
