package dev.punctual.taskservice.task;

import static dev.punctual.taskservice.sql.Columns.bound;

import dev.punctual.event.RemindersColumn;
import dev.punctual.event.Task;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code tasks} and {@code task_tags}. */
@Repository
class TaskTable {

  private final JdbcClient jdbc;

  TaskTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<StoredTask> find(String userId, String id) {
    return jdbc.sql(TaskRows.SELECT + "FROM tasks t WHERE t.id = :id AND t.user_id = :userId")
        .param("id", id)
        .param("userId", userId)
        .query(TaskRows::read)
        .optional();
  }

  /** Those of the user's tasks that have one of the ids, in the order of their ids. */
  List<StoredTask> find(String userId, Collection<String> ids) {
    return jdbc.sql(
            TaskRows.SELECT
                + "FROM tasks t WHERE t.id = ANY(:ids) AND t.user_id = :userId ORDER BY t.id")
        .param("ids", ids.toArray(String[]::new))
        .param("userId", userId)
        .query(TaskRows::read)
        .list();
  }

  /**
   * Locks a task, and the one that was spawned when it was completed: in the order of their ids, as
   * everybody does.
   *
   * @return the task as it is under the lock
   */
  Optional<StoredTask> lock(String userId, String id) {
    jdbc.sql(
            """
            SELECT id FROM tasks
            WHERE user_id = :userId
              AND id = ANY(:id || ARRAY(SELECT task_id FROM occurrences
                                        WHERE user_id = :userId AND predecessor = :id AND state = 'spawned'))
            ORDER BY id FOR UPDATE
            """)
        .param("userId", userId)
        .param("id", id)
        .query(String.class)
        .list();
    // A statement of its own: what the lock was waited for is in its snapshot, with its tags.
    return find(userId, id);
  }

  /** Locks a task, and returns it as it is under the lock. */
  Optional<StoredTask> lockAlone(String userId, String id) {
    jdbc.sql("SELECT id FROM tasks WHERE id = :id AND user_id = :userId FOR UPDATE")
        .param("id", id)
        .param("userId", userId)
        .query(String.class)
        .optional();
    return find(userId, id);
  }

  /** Inserts an open task at version 1, of a template if it has one. */
  StoredTask insert(
      String userId,
      String id,
      TaskFields fields,
      List<Task.TagRef> tags,
      @Nullable Series series,
      @Nullable String templateId) {
    jdbc.sql(
            """
            INSERT INTO tasks (id, user_id, title, description, priority, due_date, remind_at, reminders, recurrence_rule,
                               recurring_task_id, series_id, series_start, series_position, created_at, updated_at)
            VALUES (:id, :userId, :title, :description, :priority, :dueDate, :remindAt, :reminders::jsonb, :rule::jsonb,
                    :templateId, :seriesId, :seriesStart, :seriesPosition, statement_timestamp(),
                    statement_timestamp())
            """)
        .param("id", id)
        .param("userId", userId)
        .param("templateId", templateId)
        .params(columns(fields, series))
        .update();
    addTags(id, tags);
    return find(userId, id).orElseThrow();
  }

  /** Writes the fields of a task that is locked, at the next version. */
  StoredTask update(
      StoredTask before, TaskFields fields, List<Task.TagRef> tags, @Nullable Series series) {
    var userId = before.task().userId();
    jdbc.sql(
            """
            UPDATE tasks
            SET title = :title, description = :description, priority = :priority, due_date = :dueDate,
                remind_at = :remindAt, reminders = :reminders::jsonb, recurrence_rule = :rule::jsonb,
                is_complete = :isComplete,
                completed_at = CASE WHEN NOT :isComplete THEN NULL
                                    WHEN is_complete THEN completed_at
                                    ELSE statement_timestamp() END,
                series_id = :seriesId, series_start = :seriesStart, series_position = :seriesPosition,
                version = version + 1, updated_at = statement_timestamp()
            WHERE id = :id AND user_id = :userId
            """)
        .param("id", before.id())
        .param("userId", userId)
        .param("isComplete", fields.isComplete())
        .params(columns(fields, series))
        .update();
    if (!tags.equals(before.task().tags())) {
      jdbc.sql(
              """
              DELETE FROM task_tags x USING tasks t
              WHERE x.task_id = :id AND t.id = x.task_id AND t.user_id = :userId
              """)
          .param("id", before.id())
          .param("userId", userId)
          .update();
      addTags(before.id(), tags);
    }
    return find(userId, before.id()).orElseThrow();
  }

  void delete(StoredTask task) {
    jdbc.sql("DELETE FROM tasks WHERE id = :id AND user_id = :userId")
        .param("id", task.id())
        .param("userId", task.task().userId())
        .update();
  }

  private void addTags(String id, List<Task.TagRef> tags) {
    if (!tags.isEmpty()) {
      jdbc.sql("INSERT INTO task_tags (task_id, tag_id) SELECT :id, unnest(:tags::text[])")
          .param("id", id)
          .param("tags", tags.stream().map(Task.TagRef::id).toArray(String[]::new))
          .update();
    }
  }

  private static Map<String, @Nullable Object> columns(TaskFields fields, @Nullable Series series) {
    Map<String, @Nullable Object> columns = new HashMap<>();
    columns.put("title", fields.title());
    columns.put("description", fields.description());
    columns.put("priority", fields.priority());
    columns.put("dueDate", bound(fields.dueDate()));
    columns.put("remindAt", bound(fields.remindAt()));
    columns.put("reminders", RemindersColumn.write(fields.reminders(), fields.dueDate()));
    columns.put("rule", bound(fields.recurrenceRule()));
    columns.put("seriesId", series == null ? null : series.id());
    columns.put("seriesStart", series == null ? null : series.start());
    columns.put("seriesPosition", series == null ? null : series.position());
    return columns;
  }
}
