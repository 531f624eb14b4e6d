-- Undoes V23.
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP INDEX IF EXISTS ix_tasks_user_id_due_date;
DROP INDEX IF EXISTS ix_recurring_tasks_next_due_at;
DROP INDEX IF EXISTS ix_occurrences_series_id_occurrence;
