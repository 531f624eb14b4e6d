-- Undoes V25: builds the indexes again, beside running writes and so outside a transaction. Each statement can run
-- again.
SET lock_timeout = '10min'; -- what follows makes no write wait
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_user_id;
CREATE INDEX CONCURRENTLY ix_tasks_user_id ON tasks (user_id);
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_is_complete;
CREATE INDEX CONCURRENTLY ix_tasks_is_complete ON tasks (is_complete);
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_title;
CREATE INDEX CONCURRENTLY ix_tasks_title ON tasks (title);
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_created_at;
CREATE INDEX CONCURRENTLY ix_tasks_created_at ON tasks (created_at);
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_updated_at;
CREATE INDEX CONCURRENTLY ix_tasks_updated_at ON tasks (updated_at);
DROP INDEX CONCURRENTLY IF EXISTS ix_tags_user_id;
CREATE INDEX CONCURRENTLY ix_tags_user_id ON tags (user_id);
DROP INDEX CONCURRENTLY IF EXISTS ix_task_tags_task_id;
CREATE INDEX CONCURRENTLY ix_task_tags_task_id ON task_tags (task_id);
DROP INDEX CONCURRENTLY IF EXISTS ix_task_tags_task_tag;
CREATE UNIQUE INDEX CONCURRENTLY ix_task_tags_task_tag ON task_tags (task_id, tag_id);
DROP INDEX CONCURRENTLY IF EXISTS ix_recurring_tasks_user_id;
CREATE INDEX CONCURRENTLY ix_recurring_tasks_user_id ON recurring_tasks (user_id);
DROP INDEX CONCURRENTLY IF EXISTS ix_recurring_tasks_is_active;
CREATE INDEX CONCURRENTLY ix_recurring_tasks_is_active ON recurring_tasks (is_active);
