-- Undoes V21.
-- loses table notifications
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP TABLE IF EXISTS notifications;
