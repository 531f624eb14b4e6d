-- Undoes V7: the index goes with the column.
-- loses column tasks.due_date where due_date IS NOT NULL
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
ALTER TABLE tasks DROP COLUMN due_date;
