-- What:  The users, with the e-mail address as their unique name.
-- Why:   The schema that existing installations already have begins here.
-- Locks: None that matter: a new table.
-- Undo:  None. V1 to V5 are what an adopted database stands on.
CREATE TABLE users (
    id              uuid         NOT NULL,
    email           varchar(255) NOT NULL,
    name            varchar(100) NOT NULL,
    hashed_password varchar(255),
    email_verified  boolean      NOT NULL DEFAULT false,
    image           text,
    created_at      timestamptz  NOT NULL DEFAULT now(),
    updated_at      timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_users_email ON users (email);
