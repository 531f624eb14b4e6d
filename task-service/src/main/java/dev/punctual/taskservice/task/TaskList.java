package dev.punctual.taskservice.task;

import dev.punctual.taskservice.http.Cursor;
import dev.punctual.taskservice.http.Page;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.sql.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A user's tasks, filtered and sorted, a page at a time. */
@Repository
class TaskList {

  private final JdbcClient jdbc;

  TaskList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(StoredTask task, String sortedBy) {}

  /**
   * A page after the cursor's place. Pages have no gaps and nothing twice as long as the rows do
   * not change what they are sorted by.
   */
  Page<TaskView> page(String userId, TaskFilter filter) {
    var order = TaskSort.order(filter.sort());
    var conditions = new Conditions(userId);
    filter(conditions, filter);
    var cursor = filter.cursor();
    if (cursor != null) {
      conditions.and(order.condition(), "cursorId", cursor.id());
      conditions.parameters.put("cursorValue", cursor.value());
    }
    try {
      var rows =
          jdbc.sql(
                  """
                  %s, (%s)::text AS sorted_by FROM tasks t WHERE %s ORDER BY %2$s %4$s, t.id %4$s LIMIT :limit
                  """
                      .formatted(
                          TaskRows.SELECT, order.key(), conditions.joined(), order.direction()))
              .params(conditions.parameters)
              .param("limit", filter.limit() + 1)
              .query((row, n) -> new Row(TaskRows.read(row, n), row.getString("sorted_by")))
              .list();
      return Page.of(
          rows,
          filter.limit(),
          row -> TaskView.of(row.task()),
          last -> new Cursor(order.name(), last.sortedBy(), last.task().id()));
    } catch (DataIntegrityViolationException e) {
      if (cursor == null) {
        throw e;
      }
      // The only value here that is not checked before is the cursor's.
      throw ProblemException.invalidParameter(
          "cursor", "must be the next_cursor of the page before");
    }
  }

  private static void filter(Conditions conditions, TaskFilter filter) {
    conditions.and("t.is_complete = :isComplete", "isComplete", filter.isComplete());
    conditions.andAny("t.priority = ANY(:priorities)", "priorities", filter.priorities());
    conditions.and("t.due_date >= :dueFrom", "dueFrom", Columns.bound(filter.dueFrom()));
    conditions.and("t.due_date < :dueBefore", "dueBefore", Columns.bound(filter.dueBefore()));
    conditions.and(
        "(NOT t.is_complete AND t.due_date IS NOT NULL AND t.due_date < statement_timestamp()) = :overdue",
        "overdue",
        filter.overdue());
    conditions.andAny(
        """
        ARRAY(SELECT g.name::text FROM task_tags x JOIN tags g ON g.id = x.tag_id
              WHERE x.task_id = t.id AND g.user_id = :userId) @> :tags::text[]
        """,
        "tags",
        filter.tags());
    var words = filter.words();
    conditions.and(
        "(t.title ILIKE :words OR t.description ILIKE :words)",
        "words",
        words == null ? null : "%" + words.replaceAll("([%_\\\\])", "\\\\$1") + "%");
    conditions.and(
        "t.recurring_task_id = :recurringTaskId", "recurringTaskId", filter.recurringTaskId());
    conditions.and("t.series_id = :seriesId", "seriesId", filter.seriesId());
  }

  /** Conditions that all must hold, each there only if it is asked for. */
  private static final class Conditions {

    private final List<String> conditions = new ArrayList<>(List.of("t.user_id = :userId"));
    private final Map<String, Object> parameters = new HashMap<>();

    Conditions(String userId) {
      parameters.put("userId", userId);
    }

    void and(String condition, String parameter, @Nullable Object value) {
      if (value != null) {
        conditions.add(condition);
        parameters.put(parameter, value);
      }
    }

    void andAny(String condition, String parameter, List<String> values) {
      and(condition, parameter, values.isEmpty() ? null : values.toArray(String[]::new));
    }

    String joined() {
      return String.join(" AND ", conditions);
    }
  }
}
