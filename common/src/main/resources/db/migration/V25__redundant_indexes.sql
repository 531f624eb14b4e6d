-- What:  Drops ten indexes that no query of the product reads by.
-- Why:   Four repeat the beginning of another index or of a key: ix_tasks_user_id, ix_tags_user_id,
--        ix_task_tags_task_id, ix_recurring_tasks_user_id; ix_task_tags_task_tag repeats its primary key. Two hold a
--        boolean: ix_tasks_is_complete, ix_recurring_tasks_is_active. Three order all users' tasks together, and every
--        query names its user: ix_tasks_title, ix_tasks_created_at, ix_tasks_updated_at; the last one changes with
--        every write and so forbids every HOT update. The evidence, measured: docs/indexes.md.
-- Locks: SHARE UPDATE EXCLUSIVE: no write waits.
-- Undo:  U25__redundant_indexes.sql builds them again; no data is lost.
-- Each statement can run again, so a run that was cut off is simply repeated.
SET lock_timeout = '10min'; -- what follows makes no write wait
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_user_id;
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_is_complete;
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_title;
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_created_at;
DROP INDEX CONCURRENTLY IF EXISTS ix_tasks_updated_at;
DROP INDEX CONCURRENTLY IF EXISTS ix_tags_user_id;
DROP INDEX CONCURRENTLY IF EXISTS ix_task_tags_task_id;
DROP INDEX CONCURRENTLY IF EXISTS ix_task_tags_task_tag;
DROP INDEX CONCURRENTLY IF EXISTS ix_recurring_tasks_user_id;
DROP INDEX CONCURRENTLY IF EXISTS ix_recurring_tasks_is_active;
