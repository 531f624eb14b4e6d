package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task as events carry it.
 *
 * @param priority {@code low}, {@code medium}, {@code high} or {@code urgent}
 * @param remindAt the first of its reminders
 * @param reminders all of them, as they were written; each fires once
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
    List<Reminder> reminders,
    @Nullable JsonNode recurrenceRule,
    @Nullable String recurringTaskId,
    @Nullable String seriesId,
    List<TagRef> tags,
    Instant createdAt,
    Instant updatedAt) {

  public Task {
    // An event of an earlier version says only when the first is.
    reminders = reminders == null ? Reminder.only(remindAt) : List.copyOf(reminders);
    // Jackson reads a JSON null as a node of its own.
    recurrenceRule = recurrenceRule == null || recurrenceRule.isNull() ? null : recurrenceRule;
  }

  /** The instants of all reminders. */
  @JsonIgnore
  public SortedSet<Instant> reminderTimes() {
    return Reminder.times(reminders, dueDate);
  }

  /** A reminder at an instant, or so long before the due date: it has one of the two. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reminder(@Nullable Instant at, @Nullable Duration before) {

    public static Reminder at(Instant at) {
      return new Reminder(at, null);
    }

    public static Reminder before(Duration before) {
      return new Reminder(null, before);
    }

    /** The reminders of a task that is to be reminded of at this instant, if it is at all. */
    public static List<Reminder> only(@Nullable Instant remindAt) {
      return remindAt == null ? List.of() : List.of(at(remindAt));
    }

    /** The instant of this one; null if it counts from a due date and there is none. */
    public @Nullable Instant time(@Nullable Instant dueDate) {
      if (before == null) {
        return at;
      }
      return dueDate == null ? null : dueDate.minus(before);
    }

    /** The instants of several; what falls together is one. */
    public static SortedSet<Instant> times(
        Collection<Reminder> reminders, @Nullable Instant dueDate) {
      var times = new TreeSet<Instant>();
      reminders.stream()
          .map(reminder -> reminder.time(dueDate))
          .filter(Objects::nonNull)
          .forEach(times::add);
      return times;
    }

    /** The first of several. */
    public static @Nullable Instant first(
        Collection<Reminder> reminders, @Nullable Instant dueDate) {
      var times = times(reminders, dueDate);
      return times.isEmpty() ? null : times.first();
    }
  }

  /** A tag of the task; the name is the one at the time of the event. */
  public record TagRef(String id, String name) {}
}
