package dev.punctual.recurrenceworker;

import dev.punctual.event.RecurringTask;
import dev.punctual.event.Task;
import dev.punctual.recurrence.CatchUp;
import dev.punctual.recurrence.TemplateCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row of {@code recurring_tasks} that this transaction has locked.
 *
 * @param zone where its rule's local times are, unless the rule names a zone of its own: the
 *     template's zone, else the user's
 * @param handled how many occurrences were spawned, skipped or missed since the rule was last
 *     changed
 */
record Template(
    String id,
    String userId,
    long version,
    String title,
    @Nullable String description,
    String priority,
    JsonNode recurrenceRule,
    @Nullable LocalDateTime startAt,
    Instant nextDueAt,
    @Nullable String timeZone,
    ZoneId zone,
    CatchUp.Policy catchUp,
    Overlap overlap,
    Duration leadTime,
    @Nullable Duration remindBefore,
    int handled,
    boolean isActive,
    Instant createdAt,
    List<Task.TagRef> tags) {

  /**
   * Its calendar.
   *
   * @throws dev.punctual.recurrence.InvalidRule if the stored rule cannot be read
   */
  TemplateCalendar calendar() {
    return TemplateCalendar.of(recurrenceRule, startAt, zone, nextDueAt);
  }

  /** When it is to fire for an occurrence. */
  Instant firesFor(Instant due) {
    return due.minus(leadTime);
  }

  /** The template as events carry it, after {@code plan} has been carried out. */
  RecurringTask after(TemplatePlan plan, Instant updatedAt) {
    return at(plan.startAt(), plan.nextDueAt(), plan.endedAt(), updatedAt);
  }

  /** The template as events carry it, due at another instant. */
  RecurringTask at(Instant otherDueAt, Instant updatedAt) {
    return at(startAt, otherDueAt, null, updatedAt);
  }

  private RecurringTask at(
      @Nullable LocalDateTime start, Instant due, @Nullable Instant ended, Instant updatedAt) {
    return new RecurringTask(
        id,
        userId,
        title,
        description,
        priority,
        recurrenceRule,
        start,
        due,
        timeZone,
        catchUp.name().toLowerCase(Locale.ROOT),
        overlap.name().toLowerCase(Locale.ROOT),
        leadTime,
        remindBefore,
        isActive && ended == null,
        ended,
        tags,
        createdAt,
        updatedAt);
  }
}
