-- What:  Indexes for the lists of tasks.
-- Why:   A user's tasks are listed by age and by completion.
-- Locks: SHARE on tasks while each index is built: writes wait. Only installations before V3 meet it.
-- Undo:  None. V1 to V5 are what an adopted database stands on.
CREATE INDEX ix_tasks_title ON tasks (title);
CREATE INDEX ix_tasks_created_at ON tasks (created_at);
CREATE INDEX ix_tasks_updated_at ON tasks (updated_at);
CREATE INDEX ix_tasks_user_id_created_at ON tasks (user_id, created_at);
CREATE INDEX ix_tasks_user_id_is_complete ON tasks (user_id, is_complete);
