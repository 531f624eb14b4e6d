-- Undoes V26: only the first reminder of each task is left, and a timer that is set for a later one goes.
-- loses column tasks.reminders where reminders IS NOT NULL
SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
LOCK TABLE tasks IN ACCESS EXCLUSIVE MODE;
DELETE FROM timers USING tasks
WHERE timers.kind = 'reminder' AND tasks.id = timers.id
    AND tasks.reminders IS NOT NULL AND timers.fire_at <> tasks.remind_at;
ALTER TABLE tasks DROP COLUMN reminders;
