-- What:  The ledger of spawning: each occurrence of a series, and what became of it.
-- Why:   It makes each spawn happen once: a template's occurrence is unique by its local date-time, and a completed
--        task has at most one successor that stands. It is also the history, and outlives the tasks (no
--        foreign key to them).
-- Locks: SHARE ROW EXCLUSIVE on users for an instant (the foreign key); gives up after 100 ms and is tried again.
-- Undo:  U20__occurrences.sql loses the history of all series.
SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk

CREATE TABLE occurrences (
    id          text        NOT NULL,
    series_id   text        NOT NULL,
    occurrence  timestamp   NOT NULL, -- local, in the zone of the rule
    due_at      timestamptz NOT NULL,
    user_id     text        NOT NULL,
    predecessor text,
    task_id     text,
    position    integer     NOT NULL,
    state       varchar(12) NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_occurrences PRIMARY KEY (id),
    CONSTRAINT fk_occurrences_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT ck_occurrences_state_valid CHECK (state IN ('spawned', 'skipped', 'missed', 'withdrawn'))
);
CREATE UNIQUE INDEX ux_occurrences_series_occurrence ON occurrences (series_id, occurrence)
    WHERE predecessor IS NULL;
CREATE UNIQUE INDEX ux_occurrences_predecessor ON occurrences (predecessor)
    WHERE predecessor IS NOT NULL AND state <> 'withdrawn';
CREATE INDEX ix_occurrences_task_id ON occurrences (task_id);
CREATE INDEX ix_occurrences_user_id ON occurrences (user_id);
