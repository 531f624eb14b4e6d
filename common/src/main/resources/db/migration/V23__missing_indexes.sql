-- What:  Indexes for reads that had none: a user's tasks by due date, active templates by when they are due, a series'
--        history.
-- Why:   docs/indexes.md says for each index who reads by it and what it costs.
-- Locks: SHARE UPDATE EXCLUSIVE: the indexes are built beside running writes.
--        Three large tables are scanned: some 12 s for three million tasks on two busy cores, in which nobody waits.
-- Undo:  U23__missing_indexes.sql drops them; no data is lost.
-- Each statement can run again, so a run that was cut off is simply repeated.
SET lock_timeout = '10min'; -- what follows makes no write wait
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_user_id_due_date;
CREATE INDEX CONCURRENTLY ix_tasks_user_id_due_date ON tasks (user_id, due_date);
DROP INDEX CONCURRENTLY IF EXISTS ix_recurring_tasks_next_due_at;
CREATE INDEX CONCURRENTLY ix_recurring_tasks_next_due_at ON recurring_tasks (next_due_at) WHERE is_active;
DROP INDEX CONCURRENTLY IF EXISTS ix_occurrences_series_id_occurrence;
CREATE INDEX CONCURRENTLY ix_occurrences_series_id_occurrence ON occurrences (series_id, occurrence);
