-- What:  The ids of users and tasks become text; the foreign keys to them are made again.
-- Why:   Ids that other systems hand out need not be UUIDs.
-- Locks: ACCESS EXCLUSIVE on four tables while they are rewritten. Only installations before V5 meet it.
-- Undo:  None. V1 to V5 are what an adopted database stands on.
ALTER TABLE tasks DROP CONSTRAINT tasks_user_id_fkey;
ALTER TABLE conversations DROP CONSTRAINT conversations_user_id_fkey;
ALTER TABLE messages DROP CONSTRAINT messages_user_id_fkey;

ALTER TABLE users ALTER COLUMN id TYPE text USING id::text;
ALTER TABLE tasks
    ALTER COLUMN id TYPE text USING id::text,
    ALTER COLUMN user_id TYPE text USING user_id::text;
ALTER TABLE conversations ALTER COLUMN user_id TYPE text USING user_id::text;
ALTER TABLE messages ALTER COLUMN user_id TYPE text USING user_id::text;

ALTER TABLE tasks
    ADD CONSTRAINT tasks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE conversations
    ADD CONSTRAINT conversations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE messages
    ADD CONSTRAINT messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
