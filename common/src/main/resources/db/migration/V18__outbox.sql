-- What:  outbox: events that are not yet on Kafka. outbox_parked: those that Kafka refuses for themselves.
-- Why:   A change and its event are one transaction; the relay sends and deletes. The table is almost empty and turns
--        over all the time: vacuum by count, without pause. Not truncated, because that takes an exclusive lock.
-- Locks: None that matter: new tables without foreign keys.
-- Undo:  U18__outbox.sql loses the events that were not sent yet and the parked ones.
CREATE TABLE outbox (
    id         bigint       GENERATED ALWAYS AS IDENTITY,
    topic      varchar(249) NOT NULL,
    key        text         NOT NULL,
    event_id   text         NOT NULL,
    type       text         NOT NULL,
    payload    text         NOT NULL,
    headers    text         NOT NULL DEFAULT '{}',
    created_at timestamptz  NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_outbox PRIMARY KEY (id)
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off
);

CREATE TABLE outbox_parked (
    id         bigint       NOT NULL,
    topic      varchar(249) NOT NULL,
    key        text         NOT NULL,
    event_id   text         NOT NULL,
    type       text         NOT NULL,
    payload    text         NOT NULL,
    headers    text         NOT NULL,
    created_at timestamptz  NOT NULL,
    parked_at  timestamptz  NOT NULL DEFAULT now(),
    reason     text         NOT NULL,
    CONSTRAINT pk_outbox_parked PRIMARY KEY (id)
);
