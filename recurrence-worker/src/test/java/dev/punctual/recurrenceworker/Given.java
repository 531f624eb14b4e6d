package dev.punctual.recurrenceworker;

import dev.punctual.id.UuidV7;
import dev.punctual.testing.Database;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users, templates and tasks, written as the task-service writes them. */
final class Given {

  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private final Database database;
  private final JdbcClient jdbc;
  private final Timers timers;

  Given(Database database, Timers timers) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.timers = timers;
  }

  String user(String zone) {
    String id = UuidV7.at(CREATED);
    jdbc.sql("INSERT INTO users (id, email, name, time_zone) VALUES (?, ?, 'Alice', ?)")
        .params(id, id + "@example.com", zone)
        .update();
    return id;
  }

  String tag(String userId, String name) {
    String id = UuidV7.at(CREATED);
    jdbc.sql("INSERT INTO tags (id, user_id, name) VALUES (?, ?, ?)")
        .params(id, userId, name)
        .update();
    return id;
  }

  void tagged(String table, String ownerColumn, String ownerId, String tagId) {
    jdbc.sql("INSERT INTO %s (%s, tag_id) VALUES (?, ?)".formatted(table, ownerColumn))
        .params(ownerId, tagId)
        .update();
  }

  /** A template with its timer. */
  String template(String userId, String rule, Instant nextDueAt, Map<String, Object> columns) {
    String id = UuidV7.at(CREATED);
    jdbc.sql(
            """
            INSERT INTO recurring_tasks (id, user_id, title, recurrence_rule, next_due_at)
            VALUES (?, ?, 'Water', ?::jsonb, ?)
            """)
        .params(id, userId, rule, Spawning.utc(nextDueAt))
        .update();
    columns.forEach((column, value) -> set("recurring_tasks", id, column, value));
    long lead = ((Number) columns.getOrDefault("lead_time_seconds", 0)).longValue();
    timer(TimerKind.TEMPLATE, id, nextDueAt.minusSeconds(lead));
    return id;
  }

  /** A template whose next occurrence is another one, with its timer. */
  void nextDue(String templateId, Instant nextDueAt) {
    set("recurring_tasks", templateId, "next_due_at", nextDueAt);
    timer(TimerKind.TEMPLATE, templateId, nextDueAt);
  }

  /** The first task of a chain. */
  String task(String userId, String rule, Instant due, Map<String, Object> columns) {
    String id = UuidV7.at(CREATED);
    jdbc.sql(
            """
            INSERT INTO tasks (id, user_id, title, recurrence_rule, due_date, series_id, series_position)
            VALUES (?, ?, 'Water', ?::jsonb, ?, ?, 1)
            """)
        .params(id, userId, rule, Spawning.utc(due), id)
        .update();
    // In their order: a check wants remind_at before reminders.
    new TreeMap<>(columns).forEach((column, value) -> set("tasks", id, column, value));
    return id;
  }

  void set(String table, String id, String column, @Nullable Object value) {
    String type =
        jdbc.sql(
                """
                SELECT format_type(atttypid, atttypmod) FROM pg_attribute
                WHERE attrelid = ?::regclass AND attname = ?
                """)
            .params(table, column)
            .query(String.class)
            .single();
    jdbc.sql("UPDATE %s SET %s = :value::text::%s WHERE id = :id".formatted(table, column, type))
        .param("value", value == null ? null : value.toString())
        .param("id", id)
        .update();
  }

  void timer(TimerKind kind, String id, Instant fireAt) {
    database.transactions().executeWithoutResult(status -> timers.set(new Timer(kind, id, fireAt)));
  }

  void completed(String taskId, Instant at) {
    database
        .transactions()
        .executeWithoutResult(
            status -> {
              jdbc.sql(
                      """
                      UPDATE tasks SET is_complete = true, completed_at = ?, version = version + 1
                      WHERE id = ?
                      """)
                  .params(Spawning.utc(at), taskId)
                  .update();
              timers.set(new Timer(TimerKind.SUCCESSOR, taskId, at));
            });
  }

  /** Deleted before its successor was made. */
  void deletedOwing(String taskId) {
    jdbc.sql(
            """
            WITH kept AS (
              INSERT INTO owed_successors (task_id, user_id, task, tag_ids)
              SELECT id, user_id, to_jsonb(t), ARRAY(SELECT tag_id FROM task_tags WHERE task_id = t.id)
              FROM tasks t WHERE id = :id)
            DELETE FROM tasks WHERE id = :id
            """)
        .param("id", taskId)
        .update();
  }
}
