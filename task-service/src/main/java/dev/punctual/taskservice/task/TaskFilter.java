package dev.punctual.taskservice.task;

import dev.punctual.taskservice.http.Cursor;
import dev.punctual.taskservice.http.Query;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a request wants to see. What is null or empty filters nothing.
 *
 * @param tags names that a task must all have
 * @param words what the title or the description must contain, in any case
 */
record TaskFilter(
    @Nullable Boolean isComplete,
    List<String> priorities,
    @Nullable Instant dueFrom,
    @Nullable Instant dueBefore,
    @Nullable Boolean overdue,
    List<String> tags,
    @Nullable String words,
    @Nullable String recurringTaskId,
    @Nullable String seriesId,
    String sort,
    int limit,
    @Nullable Cursor cursor) {

  static TaskFilter read(Query query) {
    var sort = query.oneOf("sort", TaskSort.NAMES, "-created_at");
    var filter =
        new TaskFilter(
            query.bool("is_complete"),
            query.anyOf("priority", TaskView.PRIORITIES),
            query.instant("due_from"),
            query.instant("due_before"),
            query.bool("overdue"),
            query.texts("tag", 50),
            query.text("q", 200),
            query.text("recurring_task_id", 200),
            query.text("series_id", 200),
            sort,
            query.integer("limit", 1, 100, 50),
            query.cursor(sort));
    query.check();
    return filter;
  }
}
