-- What:  Conversations and their messages.
-- Why:   Existing installations have them; Punctual keeps them and does not write them.
-- Locks: SHARE ROW EXCLUSIVE on users for an instant (the foreign keys).
-- Undo:  None. V1 to V5 are what an adopted database stands on.
CREATE TABLE conversations (
    id         uuid         NOT NULL,
    user_id    uuid         NOT NULL,
    title      varchar(255),
    created_at timestamptz  NOT NULL DEFAULT now(),
    updated_at timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT conversations_pkey PRIMARY KEY (id),
    CONSTRAINT conversations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX ix_conversations_user_id ON conversations (user_id);
CREATE INDEX ix_conversations_user_id_created_at ON conversations (user_id, created_at);

CREATE TABLE messages (
    id              uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    role            varchar(20) NOT NULL,
    content         text        NOT NULL,
    tool_calls      json,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT messages_pkey PRIMARY KEY (id),
    CONSTRAINT messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations (id),
    CONSTRAINT messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX ix_messages_user_id ON messages (user_id);
CREATE INDEX ix_messages_user_id_created_at ON messages (user_id, created_at);
CREATE INDEX ix_messages_conversation_id ON messages (conversation_id);
CREATE INDEX ix_messages_conversation_id_created_at ON messages (conversation_id, created_at);
