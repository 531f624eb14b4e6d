-- Undoes V18. Events that wait here would never reach Kafka: let the relay drain the outbox first.
-- loses table outbox_parked
-- loses table outbox
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP TABLE IF EXISTS outbox_parked;
DROP TABLE IF EXISTS outbox;
