-- What:  Deleting a user deletes everything of theirs; deleting a conversation deletes its messages. The foreign keys
--        of V1 to V5 are made again with ON DELETE CASCADE, whatever another tool had named them; keys of other columns
--        stay as they are.
-- Why:   Integrity belongs into the database, and adopted databases differ in this.
-- Locks: SHARE ROW EXCLUSIVE on the tables, ACCESS EXCLUSIVE where an old key goes, for an instant, one after the
--        other; gives up after 50 ms and is tried again. Existing rows are checked afterwards, beside running writes.
-- Undo:  U12__cascades.sql makes the keys of V5 again; no data is lost.
-- Each statement can run again, so a run that was cut off is simply repeated.
DO $$
DECLARE
    old name;
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE users, tasks IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    FOR old IN
        SELECT conname FROM pg_constraint
        WHERE contype = 'f' AND conrelid = 'tasks'::regclass AND confrelid = 'users'::regclass
          AND conkey = ARRAY(SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = 'user_id')
    LOOP
        EXECUTE format('ALTER TABLE tasks DROP CONSTRAINT %I', old);
    END LOOP;
    ALTER TABLE tasks
        ADD CONSTRAINT fk_tasks_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
END $$;
DO $$
DECLARE
    old name;
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE users, conversations IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    FOR old IN
        SELECT conname FROM pg_constraint
        WHERE contype = 'f' AND conrelid = 'conversations'::regclass AND confrelid = 'users'::regclass
          AND conkey = ARRAY(SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = 'user_id')
    LOOP
        EXECUTE format('ALTER TABLE conversations DROP CONSTRAINT %I', old);
    END LOOP;
    ALTER TABLE conversations
        ADD CONSTRAINT fk_conversations_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
END $$;
DO $$
DECLARE
    old name;
BEGIN
    SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
    LOCK TABLE users, conversations, messages IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
    SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
    FOR old IN
        SELECT conname FROM pg_constraint
        WHERE contype = 'f' AND conrelid = 'messages'::regclass
          AND (confrelid, conkey) IN (
              SELECT CASE attname WHEN 'user_id' THEN 'users'::regclass ELSE 'conversations'::regclass END, ARRAY[attnum]
              FROM pg_attribute
              WHERE attrelid = 'messages'::regclass AND attname IN ('user_id', 'conversation_id'))
    LOOP
        EXECUTE format('ALTER TABLE messages DROP CONSTRAINT %I', old);
    END LOOP;
    ALTER TABLE messages
        ADD CONSTRAINT fk_messages_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID,
        ADD CONSTRAINT fk_messages_conversation_id
            FOREIGN KEY (conversation_id) REFERENCES conversations (id) ON DELETE CASCADE NOT VALID;
END $$;
SET lock_timeout = '10min'; -- what follows makes no write wait
ALTER TABLE tasks VALIDATE CONSTRAINT fk_tasks_user_id;
ALTER TABLE conversations VALIDATE CONSTRAINT fk_conversations_user_id;
ALTER TABLE messages VALIDATE CONSTRAINT fk_messages_user_id;
ALTER TABLE messages VALIDATE CONSTRAINT fk_messages_conversation_id;
