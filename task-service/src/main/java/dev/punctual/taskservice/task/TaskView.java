package dev.punctual.taskservice.task;

import dev.punctual.event.Task;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A task as the API shows it. */
public record TaskView(
    String id,
    String title,
    @Nullable String description,
    boolean isComplete,
    @Nullable Instant completedAt,
    String priority,
    @Nullable Instant dueDate,
    @Nullable Instant remindAt,
    List<Task.Reminder> reminders,
    @Nullable JsonNode recurrenceRule,
    List<String> tags,
    @Nullable String recurringTaskId,
    @Nullable String seriesId,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** From the least to the most pressing. */
  public static final List<String> PRIORITIES = List.of("low", "medium", "high", "urgent");

  /** The JSON names of the fields that a client cannot change. */
  static final Set<String> READ_ONLY =
      Set.of(
          "id",
          "completed_at",
          "recurring_task_id",
          "series_id",
          "version",
          "created_at",
          "updated_at");

  static TaskView of(StoredTask stored) {
    var task = stored.task();
    return new TaskView(
        task.id(),
        task.title(),
        task.description(),
        task.isComplete(),
        task.completedAt(),
        task.priority(),
        task.dueDate(),
        task.remindAt(),
        task.reminders(),
        task.recurrenceRule(),
        task.tags().stream().map(Task.TagRef::name).toList(),
        task.recurringTaskId(),
        task.seriesId(),
        stored.version(),
        task.createdAt(),
        task.updatedAt());
  }
}
