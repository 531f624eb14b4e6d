package dev.punctual.taskservice.task;

import dev.punctual.event.EventJson;
import dev.punctual.event.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Between rows of {@code tasks} and {@link StoredTask}. */
final class TaskRows {

  /** Selects a whole task from {@code tasks t}. */
  static final String SELECT =
      """
      SELECT t.id, t.user_id, t.title, t.description, t.is_complete, t.completed_at, t.priority, t.due_date, t.remind_at,
             t.recurrence_rule, t.recurring_task_id, t.series_id, t.series_start, t.series_position, t.version,
             t.created_at, t.updated_at,
             (SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.name, g.id)
              FROM task_tags x JOIN tags g ON g.id = x.tag_id
              WHERE x.task_id = t.id AND g.user_id = t.user_id) AS tags
      """;

  private static final TypeReference<List<Task.TagRef>> TAGS = new TypeReference<>() {};

  private TaskRows() {}

  static StoredTask read(ResultSet row, int number) throws SQLException {
    var tags = row.getString("tags");
    var seriesId = row.getString("series_id");
    var rule = row.getString("recurrence_rule");
    var task =
        new Task(
            row.getString("id"),
            row.getString("user_id"),
            row.getString("title"),
            row.getString("description"),
            row.getBoolean("is_complete"),
            instantOrNull(row, "completed_at"),
            row.getString("priority"),
            instantOrNull(row, "due_date"),
            instantOrNull(row, "remind_at"),
            rule == null ? null : EventJson.MAPPER.readTree(rule),
            row.getString("recurring_task_id"),
            seriesId,
            tags == null ? List.of() : EventJson.MAPPER.readValue(tags, TAGS),
            instant(row, "created_at"),
            instant(row, "updated_at"));
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

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static @Nullable OffsetDateTime bound(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable String bound(@Nullable JsonNode json) {
    return json == null ? null : EventJson.MAPPER.writeValueAsString(json);
  }
}
