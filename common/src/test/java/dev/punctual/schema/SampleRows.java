package dev.punctual.schema;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row or two in every table of a version, with a value in every column that it added. */
final class SampleRows {

  private SampleRows() {}

  static void insertAt5(DataSource database) {
    run(
        database,
        """
        INSERT INTO users (id, email, name) VALUES ('u1', 'alice@example.com', 'Alice'), ('u2', 'bob@example.com', 'Bob')
        """,
        """
        INSERT INTO tasks (id, user_id, title, is_complete) VALUES
          ('open', 'u1', 'Water the plants', false), ('done', 'u1', 'Buy milk', true), ('bobs', 'u2', 'Call', false)
        """,
        """
        INSERT INTO conversations (id, user_id) VALUES ('00000000-0000-0000-0000-000000000001', 'u1')
        """,
        """
        INSERT INTO messages (id, conversation_id, user_id, role, content, tool_calls) VALUES
          ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'u1', 'user', 'Hello', '[1]')
        """);
  }

  /** On top of {@link #insertAt5}. */
  static void insertAt11(DataSource database) {
    run(
        database,
        """
        UPDATE tasks SET priority = 'high', due_date = '2099-01-02T10:00Z', remind_at = '2099-01-01T10:00Z',
          recurrence_rule = '{"frequency": "daily"}'
        """,
        "UPDATE tasks SET remind_at = '2020-01-01T10:00Z' WHERE id = 'bobs'",
        "INSERT INTO tags (id, user_id, name) VALUES ('home', 'u1', 'home')",
        "INSERT INTO task_tags (task_id, tag_id) VALUES ('open', 'home')",
        """
        INSERT INTO recurring_tasks (id, user_id, title, recurrence_rule, next_due_at, is_active) VALUES
          ('future', 'u1', 'Rent', '{"cron": "0 9 1 * *"}', '2099-01-01T09:00Z', true),
          ('past', 'u1', 'Tax', '{"rrule": "FREQ=YEARLY"}', '2020-01-01T09:00Z', true),
          ('paused', 'u1', 'Gym', '{"frequency": "weekly"}', '2099-01-01T09:00Z', false)
        """);
  }

  /** On top of {@link #insertAt11}. */
  static void insertAtHead(DataSource database) {
    run(
        database,
        "UPDATE users SET time_zone = 'Europe/Berlin'",
        """
        UPDATE tasks SET version = 7, completed_at = now(), recurring_task_id = 'future', series_id = 's',
          series_start = '2026-01-01T09:00', series_position = 1 WHERE id = 'done'
        """,
        """
        UPDATE tasks SET reminders = '[{"at": "2099-01-01T10:00Z"}, {"at": "2099-01-02T09:45Z", "before": "PT15M"}]'
        WHERE id = 'open'
        """,
        """
        UPDATE recurring_tasks SET version = 2, time_zone = 'Europe/Berlin', start_at = '2026-01-01T09:00',
          catch_up = 'all', overlap = 'skip', remind_before_seconds = 60, spawned_count = 3, ended_at = now()
        WHERE id = 'paused'
        """,
        "INSERT INTO recurring_task_tags (recurring_task_id, tag_id) VALUES ('future', 'home')",
        "INSERT INTO outbox (topic, key, event_id, type, payload) VALUES ('t', 'k', 'e', 'task.created', '{}')",
        """
        INSERT INTO outbox_parked (id, topic, key, event_id, type, payload, headers, created_at, reason)
        VALUES (0, 't', 'k', 'e0', 'task.created', '{}', '{}', now(), 'too large')
        """,
        """
        INSERT INTO timers (kind, id, slot, fire_at) VALUES ('successor', 'done', 0, now()), ('successor', 'gone', 0, now()),
          ('reminder', 'open', 0, '2099-01-02T09:45Z')
        """,
        """
        INSERT INTO timers_parked (kind, id, slot, fire_at, reason) VALUES ('reminder', 'gone', 1, now(), 'broken')
        """,
        """
        INSERT INTO occurrences (id, series_id, occurrence, due_at, user_id, task_id, position, state)
        VALUES ('o1', 's', '2026-01-01T09:00', '2026-01-01T08:00Z', 'u1', 'done', 1, 'spawned')
        """,
        """
        INSERT INTO notifications (id, user_id, task_id, title, remind_at, fired_at, late_by_ms)
        VALUES ('n1', 'u1', 'done', 'Buy milk', now(), now(), 3)
        """,
        "INSERT INTO idempotency_keys (user_id, key, request_hash, status) VALUES ('u1', 'k', 'h', 201)",
        "INSERT INTO owed_successors (task_id, user_id, task, tag_ids) VALUES ('gone', 'u1', '{}', '{home}')",
        "INSERT INTO zone_rules (version) VALUES ('2026a')");
  }

  private static void run(DataSource database, String... statements) {
    var jdbc = JdbcClient.create(database);
    List.of(statements).forEach(statement -> jdbc.sql(statement).update());
  }
}
