-- Undoes V22.
-- loses table idempotency_keys
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP TABLE IF EXISTS idempotency_keys;
