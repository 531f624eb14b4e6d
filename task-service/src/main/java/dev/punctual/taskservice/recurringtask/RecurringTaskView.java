package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A recurring task as the API shows it. */
record RecurringTaskView(
    String id,
    String title,
    @Nullable String description,
    String priority,
    JsonNode recurrenceRule,
    @Nullable LocalDateTime startAt,
    @Nullable String timeZone,
    Instant nextDueAt,
    String catchUp,
    String overlap,
    Duration leadTime,
    @Nullable Duration remindBefore,
    boolean isActive,
    @Nullable Instant endedAt,
    List<String> tags,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The JSON names of the fields that a client cannot change. */
  static final Set<String> READ_ONLY =
      Set.of("id", "next_due_at", "is_active", "ended_at", "version", "created_at", "updated_at");

  static RecurringTaskView of(StoredTemplate stored) {
    var template = stored.template();
    return new RecurringTaskView(
        template.id(),
        template.title(),
        template.description(),
        template.priority(),
        template.recurrenceRule(),
        template.startAt(),
        template.timeZone(),
        template.nextDueAt(),
        template.catchUp(),
        template.overlap(),
        template.leadTime(),
        template.remindBefore(),
        template.isActive(),
        template.endedAt(),
        template.tags().stream().map(Task.TagRef::name).toList(),
        stored.version(),
        template.createdAt(),
        template.updatedAt());
  }
}
