-- Undoes V11: the trigger goes with the table.
-- loses table recurring_tasks
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP TABLE recurring_tasks;
DROP FUNCTION update_recurring_tasks_updated_at();
