package dev.punctual.recurrenceworker;

import dev.punctual.event.EventJson;
import dev.punctual.event.RemindersColumn;
import dev.punctual.event.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The completed rows of {@code tasks} that owe a successor, and those of {@code owed_successors}:
 * tasks that were deleted before theirs was made.
 */
@Repository
class CompletedTasks {

  private static final String TAG_LINKS =
      """
      SELECT task_id AS owner_id, tag_id FROM task_tags WHERE task_id = ANY(:ids)
      UNION ALL
      SELECT task_id, unnest(tag_ids) FROM owed_successors WHERE task_id = ANY(:ids)
      """;

  private final JdbcClient jdbc;
  private final CopiedTags tags;

  CompletedTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.tags = new CopiedTags(jdbc, TAG_LINKS);
  }

  /** Locks those that nobody else holds, with their tags; returns them, and those that are gone. */
  Set<String> lock(Collection<String> ids) {
    Set<String> free = new HashSet<>(lockRows(ids));
    free.removeAll(tags.lockOrTellHeld(free));
    return free;
  }

  private Set<String> lockRows(Collection<String> ids) {
    // Their users, too: what is spawned refers to them. No lock is waited for, so whoever deletes a
    // user, and everything of theirs, is not in the way.
    return jdbc.sql(
            """
            WITH locked AS MATERIALIZED (
              SELECT t.id FROM tasks t JOIN users u ON u.id = t.user_id
              WHERE t.id = ANY(:ids)
              ORDER BY t.id
              FOR NO KEY UPDATE OF t SKIP LOCKED
              FOR KEY SHARE OF u SKIP LOCKED
            ), deleted AS MATERIALIZED (
              SELECT o.task_id AS id FROM owed_successors o JOIN users u ON u.id = o.user_id
              WHERE o.task_id = ANY(:ids)
              ORDER BY o.task_id
              FOR UPDATE OF o SKIP LOCKED
              FOR KEY SHARE OF u SKIP LOCKED
            )
            SELECT id FROM locked
            UNION ALL
            SELECT id FROM deleted
            UNION ALL
            SELECT id FROM unnest(:ids) AS wanted (id)
            WHERE NOT EXISTS (SELECT FROM tasks t WHERE t.id = wanted.id)
              AND NOT EXISTS (SELECT FROM owed_successors o WHERE o.task_id = wanted.id)
            """)
        .param("ids", ids.toArray(String[]::new))
        .query(String.class)
        .set();
  }

  /** Those that still are completed and recurring, among tasks that this transaction has locked. */
  List<CompletedTask> owing(Collection<String> ids) {
    Map<String, List<Task.TagRef>> tagged = tags.of(ids);
    return jdbc.sql(
            """
            SELECT t.id, t.user_id, t.title, t.description, t.priority, t.recurrence_rule, t.remind_at, t.reminders,
                   coalesce(t.completed_at, t.updated_at) AS completed_at,
                   coalesce(t.due_date, t.completed_at, t.updated_at) AS due_date,
                   CASE WHEN t.series_id = t.id AND t.due_date IS NOT NULL THEN t.series_start
                        ELSE (SELECT max(o.occurrence) FROM occurrences o WHERE o.task_id = t.id) END AS due_local,
                   coalesce(t.series_id, t.id) AS series_id, t.series_start,
                   coalesce(t.series_position, 1) AS series_position, u.time_zone
            FROM (
              SELECT * FROM tasks WHERE id = ANY(:ids)
              UNION ALL
              SELECT deleted.* FROM owed_successors o, jsonb_populate_record(NULL::tasks, o.task) AS deleted
              WHERE o.task_id = ANY(:ids)
            ) AS t JOIN users u ON u.id = t.user_id
            WHERE t.is_complete AND t.recurrence_rule IS NOT NULL
            ORDER BY t.id
            """)
        .param("ids", ids.toArray(String[]::new))
        .query((row, number) -> task(row, tagged.getOrDefault(row.getString("id"), List.of())))
        .list();
  }

  /** What was owed has been paid. */
  void settle(Collection<String> ids) {
    jdbc.sql("DELETE FROM owed_successors WHERE task_id = ANY(:ids)")
        .param("ids", ids.toArray(String[]::new))
        .update();
  }

  private static CompletedTask task(ResultSet row, List<Task.TagRef> tags) throws SQLException {
    return new CompletedTask(
        row.getString("id"),
        row.getString("user_id"),
        row.getString("title"),
        row.getString("description"),
        row.getString("priority"),
        Rows.instant(row, "due_date"),
        row.getObject("due_local", LocalDateTime.class),
        RemindersColumn.read(row.getString("reminders"), Rows.instantOrNull(row, "remind_at")),
        EventJson.MAPPER.readTree(row.getString("recurrence_rule")),
        Rows.instant(row, "completed_at"),
        ZoneId.of(row.getString("time_zone")),
        row.getString("series_id"),
        row.getObject("series_start", LocalDateTime.class),
        row.getInt("series_position"),
        tags);
  }
}
