-- What:  The tasks of the users.
-- Why:   The heart of the product.
-- Locks: SHARE ROW EXCLUSIVE on users for an instant (the foreign key).
-- Undo:  None. V1 to V5 are what an adopted database stands on.
CREATE TABLE tasks (
    id          uuid          NOT NULL,
    user_id     uuid          NOT NULL,
    title       varchar(200)  NOT NULL,
    description varchar(2000),
    is_complete boolean       NOT NULL DEFAULT false,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    updated_at  timestamptz   NOT NULL DEFAULT now(),
    CONSTRAINT tasks_pkey PRIMARY KEY (id),
    CONSTRAINT tasks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX ix_tasks_is_complete ON tasks (is_complete);
CREATE INDEX ix_tasks_user_id ON tasks (user_id);
