-- Undoes V19. What is overdue or owed is lost; V24 arms the future again.
-- loses table timers_parked
-- loses table timers
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP TABLE IF EXISTS timers_parked;
DROP TABLE IF EXISTS timers;
