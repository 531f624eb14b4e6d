-- What:  The tags that a template gives to the tasks that it spawns.
-- Why:   A spawned task has everything that its source has.
-- Locks: SHARE ROW EXCLUSIVE on recurring_tasks and tags for an instant; gives up after 50 ms and is tried again.
-- Undo:  U16__template_tags.sql loses the tags of all templates.
SET LOCAL lock_timeout = '5s'; -- waits for an autovacuum, in a mode that no write queues behind
LOCK TABLE recurring_tasks, tags IN SHARE UPDATE EXCLUSIVE MODE;
SET LOCAL lock_timeout = '50ms'; -- writes queue behind what follows: rather give up than keep them
SET LOCAL synchronous_commit = off; -- the locks go without waiting for the disk

CREATE TABLE recurring_task_tags (
    recurring_task_id text        NOT NULL,
    tag_id            text        NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_recurring_task_tags PRIMARY KEY (recurring_task_id, tag_id),
    CONSTRAINT fk_recurring_task_tags_recurring_task_id
        FOREIGN KEY (recurring_task_id) REFERENCES recurring_tasks (id) ON DELETE CASCADE,
    CONSTRAINT fk_recurring_task_tags_tag_id
        FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
CREATE INDEX ix_recurring_task_tags_tag_id ON recurring_task_tags (tag_id);
