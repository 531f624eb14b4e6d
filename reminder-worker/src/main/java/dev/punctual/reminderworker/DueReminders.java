package dev.punctual.reminderworker;

import dev.punctual.event.ReminderDue;
import dev.punctual.id.UuidV7;
import dev.punctual.timer.FiredTimer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that turn due reminders into notifications, for any number at once. */
final class DueReminders {

  private final JdbcClient jdbc;

  DueReminders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks the tasks, and their users against deletion, in the order of the tasks' ids; whatever
   * somebody else holds is left out.
   *
   * @return the tasks that are locked, and those that no longer exist
   */
  Set<String> lockTasks(Collection<String> taskIds) {
    var locked = lockExisting(taskIds);
    var others = taskIds.stream().filter(id -> !locked.contains(id)).toList();
    if (!others.isEmpty()) {
      locked.addAll(gone(others));
    }
    return locked;
  }

  private Set<String> lockExisting(Collection<String> taskIds) {
    // A notification refers to its user: that lock, too, must not be waited for.
    return jdbc.sql(
            """
            SELECT tasks.id FROM tasks JOIN users ON users.id = tasks.user_id
            WHERE tasks.id = ANY(:ids)
            ORDER BY tasks.id
            FOR NO KEY UPDATE OF tasks SKIP LOCKED
            FOR KEY SHARE OF users SKIP LOCKED
            """)
        .param("ids", taskIds.toArray(String[]::new))
        .query(String.class)
        .set();
  }

  private Set<String> gone(Collection<String> taskIds) {
    return jdbc.sql(
            """
            SELECT id FROM unnest(:ids) AS wanted (id)
            WHERE NOT EXISTS (SELECT FROM tasks WHERE tasks.id = wanted.id)
            """)
        .param("ids", taskIds.toArray(String[]::new))
        .query(String.class)
        .set();
  }

  /**
   * What came of a timer.
   *
   * @param notified null if there is a notification for this instant already
   * @param next the task's next reminder; null if there is none
   */
  record Reminded(String taskId, @Nullable ReminderDue notified, @Nullable Instant next) {}

  /**
   * Writes the notifications of reminders that still stand: the task is open, and is to be reminded
   * of at that instant. One that is there already is not written again.
   */
  List<Reminded> remind(List<FiredTimer> claimed) {
    // The inbox is in the order of the ids, so that they follow the database's clock, not ours.
    return jdbc.sql(
            """
            WITH due AS MATERIALIZED (
              SELECT fired.id, tasks.user_id, task_id, title, due_date, fire_at, fired_at,
                floor(extract(epoch FROM fired_at - fire_at) * 1000)::bigint AS late_by_ms,
                remind_at = fire_at OR EXISTS (
                  SELECT FROM jsonb_array_elements(reminders) AS r WHERE (r ->> 'at')::timestamptz = fire_at) AS stands,
                CASE WHEN reminders IS NOT NULL THEN (
                  SELECT min((r ->> 'at')::timestamptz) FROM jsonb_array_elements(reminders) AS r
                  WHERE (r ->> 'at')::timestamptz > fire_at) END AS next
              FROM unnest(:ids, :taskIds, :fireAts::timestamptz[], :firedAts::timestamptz[])
                AS fired (id, task_id, fire_at, fired_at)
              JOIN tasks ON tasks.id = fired.task_id
              WHERE NOT is_complete
            ), notified AS (
              INSERT INTO notifications (id, user_id, task_id, title, due_date, remind_at, fired_at, late_by_ms)
              SELECT id, user_id, task_id, title, due_date, fire_at, fired_at, late_by_ms FROM due
              WHERE stands
              ORDER BY task_id
              ON CONFLICT (task_id, remind_at) DO NOTHING
              RETURNING id
            )
            SELECT due.*, notified.id IS NOT NULL AS is_new FROM due LEFT JOIN notified USING (id)
            """)
        .param(
            "ids", claimed.stream().map(timer -> UuidV7.at(timer.firedAt())).toArray(String[]::new))
        .param("taskIds", claimed.stream().map(FiredTimer::id).toArray(String[]::new))
        .param("fireAts", instants(claimed.stream().map(FiredTimer::fireAt)))
        .param("firedAts", instants(claimed.stream().map(FiredTimer::firedAt)))
        .query(
            (row, number) ->
                new Reminded(
                    row.getString("task_id"),
                    row.getBoolean("is_new") ? notified(row) : null,
                    instant(row, "next")))
        .list();
  }

  private static ReminderDue notified(ResultSet row) throws SQLException {
    return new ReminderDue(
        row.getString("id"),
        row.getString("task_id"),
        row.getString("user_id"),
        row.getString("title"),
        instant(row, "due_date"),
        row.getObject("fire_at", OffsetDateTime.class).toInstant(),
        row.getObject("fired_at", OffsetDateTime.class).toInstant(),
        row.getLong("late_by_ms"));
  }

  private static String[] instants(Stream<Instant> instants) {
    return instants
        .map(i -> OffsetDateTime.ofInstant(i, ZoneOffset.UTC).toString())
        .toArray(String[]::new);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant)
        .orElse(null);
  }
}
