-- Undoes V27.
-- loses table owed_successors
SET LOCAL lock_timeout = '100ms'; -- writes queue behind what follows: rather give up than keep them
DROP TABLE owed_successors;
