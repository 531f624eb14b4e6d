-- What:  Completed tasks that were deleted before their successors were made: what the chain needs to go on.
-- Why:   Who completes a recurring task and deletes it at once still expects the next one. The successor's timer is the
--        debt; without the task nobody knew what it is owed. Almost always empty, so without further indexes.
-- Locks: SHARE ROW EXCLUSIVE on users for an instant (the foreign key); gives up after 100 ms and is tried again.
-- Undo:  U27__owed_successors.sql ends the chains whose next task is not made yet.
SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk

CREATE TABLE owed_successors (
    task_id    text        NOT NULL,
    user_id    text        NOT NULL,
    task       jsonb       NOT NULL, -- the row of tasks as it was deleted
    tag_ids    text[]      NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_owed_successors PRIMARY KEY (task_id),
    CONSTRAINT fk_owed_successors_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
