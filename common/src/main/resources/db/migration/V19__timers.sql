-- What:  timers: one narrow row for each pending instant of a task or template. timers_parked: those that failed.
-- Why:   The row decides what fires; everything in memory or on Kafka is a hint. Rows come, move and go all the time:
--        room on each page for a moved row (fillfactor), vacuum by count and without pause. Not truncated, because that
--        takes an exclusive lock. No foreign key: the writer holds the owner's row.
-- Locks: None that matter: new tables without foreign keys.
-- Undo:  U19__timers.sql loses the timers; arming them again restores what lies in the future.
CREATE TABLE timers (
    kind    varchar(16) NOT NULL,
    id      text        NOT NULL,
    slot    smallint    NOT NULL,
    fire_at timestamptz NOT NULL,
    CONSTRAINT pk_timers PRIMARY KEY (kind, id),
    CONSTRAINT ck_timers_kind_valid CHECK (kind IN ('reminder', 'template', 'successor')),
    CONSTRAINT ck_timers_slot_valid CHECK (slot BETWEEN 0 AND 63)
) WITH (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off
);
CREATE INDEX ix_timers_kind_slot_fire_at ON timers (kind, slot, fire_at);

CREATE TABLE timers_parked (
    kind      varchar(16) NOT NULL,
    id        text        NOT NULL,
    slot      smallint    NOT NULL,
    fire_at   timestamptz NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now(),
    reason    text        NOT NULL,
    CONSTRAINT pk_timers_parked PRIMARY KEY (kind, id)
);
