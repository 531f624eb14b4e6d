-- Undoes V26: only the first reminder of each task is left, and a timer that is set for a later one goes.
-- loses rows timers where kind = 'reminder' AND fire_at <> (SELECT remind_at FROM tasks WHERE tasks.id = timers.id AND reminders IS NOT NULL)
-- loses column tasks.reminders where reminders IS NOT NULL
SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
LOCK TABLE tasks IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF to_regclass('timers') IS NOT NULL THEN
        DELETE FROM timers USING tasks
        WHERE timers.kind = 'reminder' AND tasks.id = timers.id
            AND tasks.reminders IS NOT NULL AND timers.fire_at <> tasks.remind_at;
    END IF;
END $$;
ALTER TABLE tasks DROP COLUMN reminders;
