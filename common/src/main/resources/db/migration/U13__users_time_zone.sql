-- Undoes V13.
-- loses column users.time_zone where time_zone <> 'UTC'
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
ALTER TABLE users DROP COLUMN time_zone;
