-- What:  The answers to requests that carried an Idempotency-Key.
-- Why:   A retry with the same key gets the first answer and changes nothing. Old ones are deleted by age.
-- Locks: SHARE ROW EXCLUSIVE on users for an instant (the foreign key); gives up after 100 ms and is tried again.
-- Undo:  U22__idempotency_keys.sql loses the keys: a retry that comes later is carried out again.
SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk

CREATE TABLE idempotency_keys (
    user_id      text         NOT NULL,
    key          varchar(255) NOT NULL,
    request_hash text         NOT NULL,
    status       smallint     NOT NULL,
    location     text,
    etag         text,
    body         text,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (user_id, key),
    CONSTRAINT fk_idempotency_keys_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);
