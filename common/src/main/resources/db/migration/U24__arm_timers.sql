-- Undoes V24: reminders and templates are no longer armed. Armed again, only those in the future are.
-- loses rows timers where kind IN ('reminder', 'template')
DO $$
BEGIN
    IF to_regclass('timers') IS NOT NULL THEN
        DELETE FROM timers WHERE kind IN ('reminder', 'template');
    END IF;
END $$;
