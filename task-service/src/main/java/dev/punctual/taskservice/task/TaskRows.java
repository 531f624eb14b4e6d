package dev.punctual.taskservice.task;

import dev.punctual.event.RemindersColumn;
import dev.punctual.event.Task;
import dev.punctual.taskservice.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** Between rows of {@code tasks} and {@link StoredTask}. */
final class TaskRows {

  /** Selects a whole task from {@code tasks t}. */
  static final String SELECT =
      """
      SELECT t.id, t.user_id, t.title, t.description, t.is_complete, t.completed_at, t.priority, t.due_date, t.remind_at,
             t.reminders, t.recurrence_rule, t.recurring_task_id, t.series_id, t.series_start, t.series_position, t.version,
             t.created_at, t.updated_at,
             (SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.name, g.id)
              FROM task_tags x JOIN tags g ON g.id = x.tag_id
              WHERE x.task_id = t.id AND g.user_id = t.user_id) AS tags
      """;

  private TaskRows() {}

  static StoredTask read(ResultSet row, int number) throws SQLException {
    var seriesId = row.getString("series_id");
    var remindAt = Columns.instantOrNull(row, "remind_at");
    var task =
        new Task(
            row.getString("id"),
            row.getString("user_id"),
            row.getString("title"),
            row.getString("description"),
            row.getBoolean("is_complete"),
            Columns.instantOrNull(row, "completed_at"),
            row.getString("priority"),
            Columns.instantOrNull(row, "due_date"),
            remindAt,
            RemindersColumn.read(row.getString("reminders"), remindAt),
            Columns.json(row, "recurrence_rule"),
            row.getString("recurring_task_id"),
            seriesId,
            Columns.tags(row, "tags"),
            Columns.instant(row, "created_at"),
            Columns.instant(row, "updated_at"));
    return new StoredTask(
        task,
        row.getLong("version"),
        seriesId == null
            ? null
            : new Series(
                seriesId,
                row.getObject("series_start", LocalDateTime.class),
                row.getObject("series_position", Integer.class)));
  }
}
