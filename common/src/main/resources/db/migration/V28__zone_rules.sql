-- What:  Which versions of the time zones' rules (tzdata) the templates' next_due_at were computed with.
-- Why:   Governments change the rules of zones. A worker that knows newer ones computes next_due_at again, once.
-- Locks: none.
-- Undo:  U28__zone_rules.sql; they are then computed once more, which changes nothing.
CREATE TABLE zone_rules (
    version     varchar(20) NOT NULL, -- such as 2026b
    computed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_zone_rules PRIMARY KEY (version)
);
