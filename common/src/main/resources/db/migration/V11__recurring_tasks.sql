-- What:  The templates that tasks are spawned from, with a trigger that keeps updated_at.
-- Why:   Some chores come back by the calendar, whether the last one was done or not.
-- Locks: SHARE ROW EXCLUSIVE on users for an instant (the foreign key); it gives up after 100 ms and is tried again.
-- Undo:  U11__recurring_tasks.sql loses every template; the tasks that they spawned stay.
SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk

CREATE TABLE recurring_tasks (
    id              text         NOT NULL,
    user_id         text         NOT NULL,
    title           varchar(200) NOT NULL,
    description     varchar(2000),
    priority        varchar(20)  NOT NULL DEFAULT 'medium',
    recurrence_rule jsonb        NOT NULL,
    next_due_at     timestamptz  NOT NULL,
    is_active       boolean      NOT NULL DEFAULT true,
    created_at      timestamptz  NOT NULL DEFAULT now(),
    updated_at      timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT recurring_tasks_pkey PRIMARY KEY (id),
    CONSTRAINT recurring_tasks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT ck_recurring_tasks_priority_valid CHECK (priority IN ('low', 'medium', 'high', 'urgent'))
);
CREATE INDEX ix_recurring_tasks_user_id ON recurring_tasks (user_id);
CREATE INDEX ix_recurring_tasks_user_id_next_due_at ON recurring_tasks (user_id, next_due_at);
CREATE INDEX ix_recurring_tasks_is_active ON recurring_tasks (is_active);
CREATE INDEX ix_recurring_tasks_recurrence_rule ON recurring_tasks USING gin (recurrence_rule);

CREATE FUNCTION update_recurring_tasks_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at = now();
    RETURN NEW;
END $$;

CREATE TRIGGER trigger_update_recurring_tasks_updated_at
    BEFORE UPDATE ON recurring_tasks
    FOR EACH ROW EXECUTE FUNCTION update_recurring_tasks_updated_at();
