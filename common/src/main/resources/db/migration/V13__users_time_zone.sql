-- What:  users.time_zone, an IANA name; UTC for every existing user.
-- Why:   A rule counts in local time, and a user's zone is the default for their rules.
-- Locks: ACCESS EXCLUSIVE on users for an instant, no rewrite; gives up after 100 ms and is tried again.
-- Undo:  U13__users_time_zone.sql loses every user's zone.
SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk
ALTER TABLE users ADD COLUMN time_zone varchar(64) NOT NULL DEFAULT 'UTC';
