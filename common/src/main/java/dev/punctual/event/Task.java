package dev.punctual.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task as events carry it.
 *
 * @param priority {@code low}, {@code medium}, {@code high} or {@code urgent}
 * @param recurrenceRule one of the three JSON forms of a rule, as it was written
 * @param recurringTaskId the template that spawned the task
 * @param seriesId the template, or the first task of the chain of recurring tasks, that the task
 *     belongs to
 */
public record Task(
    String id,
    String userId,
    String title,
    @Nullable String description,
    boolean isComplete,
    @Nullable Instant completedAt,
    String priority,
    @Nullable Instant dueDate,
    @Nullable Instant remindAt,
    @Nullable JsonNode recurrenceRule,
    @Nullable String recurringTaskId,
    @Nullable String seriesId,
    List<TagRef> tags,
    Instant createdAt,
    Instant updatedAt) {

  public Task {
    // Jackson reads a JSON null as a node of its own.
    recurrenceRule = recurrenceRule == null || recurrenceRule.isNull() ? null : recurrenceRule;
  }

  /** A tag of the task; the name is the one at the time of the event. */
  public record TagRef(String id, String name) {}
}
