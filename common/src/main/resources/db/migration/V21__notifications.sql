-- What:  One row for each reminder that fired: the proof that it did, once, and the user's inbox.
-- Why:   Unique by task and instant, so a reminder cannot fire twice. It outlives its task (no foreign key to it).
-- Locks: SHARE ROW EXCLUSIVE on users for an instant (the foreign key); gives up after 100 ms and is tried again.
-- Undo:  U21__notifications.sql loses the inbox of all users.
SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk

CREATE TABLE notifications (
    id         text         NOT NULL,
    user_id    text         NOT NULL,
    task_id    text         NOT NULL,
    title      varchar(200) NOT NULL,
    due_date   timestamptz,
    remind_at  timestamptz  NOT NULL,
    fired_at   timestamptz  NOT NULL,
    late_by_ms bigint       NOT NULL,
    read_at    timestamptz,
    CONSTRAINT pk_notifications PRIMARY KEY (id),
    CONSTRAINT fk_notifications_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_notifications_task_remind_at ON notifications (task_id, remind_at);
CREATE INDEX ix_notifications_user_id_id ON notifications (user_id, id);
