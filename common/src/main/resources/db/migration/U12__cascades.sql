-- Undoes V12: the foreign keys as V5 made them. New keys check their rows at once, because an undo is one transaction:
-- writes to these tables wait meanwhile (about a second for three million tasks).
SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
LOCK TABLE users, tasks, conversations, messages IN ACCESS EXCLUSIVE MODE;
ALTER TABLE tasks
    DROP CONSTRAINT fk_tasks_user_id,
    ADD CONSTRAINT tasks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE conversations
    DROP CONSTRAINT fk_conversations_user_id,
    ADD CONSTRAINT conversations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE messages
    DROP CONSTRAINT fk_messages_user_id,
    DROP CONSTRAINT fk_messages_conversation_id,
    ADD CONSTRAINT messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations (id),
    ADD CONSTRAINT messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
