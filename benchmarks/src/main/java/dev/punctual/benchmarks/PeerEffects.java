package dev.punctual.benchmarks;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What a peer's handler does: the same rows as ours, in one statement. */
final class PeerEffects {

  private PeerEffects() {}

  static void write(JdbcClient jdbc, String taskId) {
    jdbc.sql(
            """
            WITH notified AS (
              INSERT INTO notifications (id, user_id, task_id, title, due_date, remind_at, fired_at, late_by_ms)
              SELECT gen_random_uuid(), user_id, id, title, due_date, remind_at, statement_timestamp(),
                extract(epoch FROM statement_timestamp() - remind_at) * 1000
              FROM tasks WHERE id = :id AND NOT is_complete
              ON CONFLICT (task_id, remind_at) DO NOTHING
              RETURNING id, user_id, task_id, title, due_date, remind_at, fired_at, late_by_ms
            )
            INSERT INTO outbox (topic, key, event_id, type, payload, headers)
            SELECT 'notifications', task_id, gen_random_uuid(), 'reminder.due', row_to_json(notified)::text, '{}'
            FROM notified
            """)
        .param("id", taskId)
        .update();
  }
}
