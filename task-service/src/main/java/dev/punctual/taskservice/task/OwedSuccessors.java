package dev.punctual.taskservice.task;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What completed tasks owe outlives them, so that no deletion ends a chain. */
@Repository
class OwedSuccessors {

  private final JdbcClient jdbc;

  OwedSuccessors(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps what the successor of a locked task that is about to be deleted is made of.
   *
   * @return whether a successor is owed still; then its timer must stay
   */
  boolean keep(StoredTask task) {
    return jdbc.sql(
                """
                INSERT INTO owed_successors (task_id, user_id, task, tag_ids)
                SELECT t.id, t.user_id, to_jsonb(t), ARRAY(SELECT tag_id FROM task_tags WHERE task_id = t.id)
                FROM tasks t
                WHERE t.id = :id AND t.user_id = :userId AND t.is_complete AND t.recurrence_rule IS NOT NULL
                  AND (EXISTS (SELECT FROM timers WHERE kind = 'successor' AND id = :id)
                    OR EXISTS (SELECT FROM timers_parked WHERE kind = 'successor' AND id = :id))
                """)
            .param("id", task.id())
            .param("userId", task.task().userId())
            .update()
        > 0;
  }
}
