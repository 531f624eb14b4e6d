-- What:  The tags of a user, and which tasks carry them.
-- Why:   Lists are filtered by tag. A name is a user's only once.
-- Locks: SHARE ROW EXCLUSIVE on users and tasks for an instant (the foreign keys); it gives up after 50 ms and is tried
--        again.
-- Undo:  U10__tags.sql loses every tag and which tasks carried it.
SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
LOCK TABLE users, tasks IN SHARE UPDATE EXCLUSIVE MODE;
SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk

CREATE TABLE tags (
    id         text        NOT NULL,
    user_id    text        NOT NULL,
    name       varchar(50) NOT NULL,
    color      char(7)     NOT NULL DEFAULT '#007bff',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tags_pkey PRIMARY KEY (id),
    CONSTRAINT tags_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_tags_user_id ON tags (user_id);
CREATE UNIQUE INDEX ix_tags_user_id_name ON tags (user_id, name);

CREATE TABLE task_tags (
    task_id    text        NOT NULL,
    tag_id     text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT task_tags_pkey PRIMARY KEY (task_id, tag_id),
    CONSTRAINT task_tags_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE,
    CONSTRAINT task_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
CREATE INDEX ix_task_tags_task_id ON task_tags (task_id);
CREATE INDEX ix_task_tags_tag_id ON task_tags (tag_id);
CREATE UNIQUE INDEX ix_task_tags_task_tag ON task_tags (task_id, tag_id);
