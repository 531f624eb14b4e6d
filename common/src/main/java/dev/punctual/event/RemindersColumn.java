package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.punctual.event.Task.Reminder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The column {@code tasks.reminders}: each reminder with its instant, so that SQL needs no due date
 * to find the next. It is null where {@code remind_at} says it all, as in most tasks.
 */
public final class RemindersColumn {

  private static final TypeReference<List<Stored>> LIST = new TypeReference<>() {};

  private RemindersColumn() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Stored(@Nullable Instant at, @Nullable Duration before) {}

  /** What the column holds for these reminders. */
  public static @Nullable String write(List<Reminder> reminders, @Nullable Instant dueDate) {
    if (reminders.equals(Reminder.only(Reminder.first(reminders, dueDate)))) {
      return null;
    }
    return EventJson.MAPPER.writeValueAsString(
        reminders.stream()
            .map(reminder -> new Stored(reminder.time(dueDate), reminder.before()))
            .toList());
  }

  /** The reminders of a row. */
  public static List<Reminder> read(@Nullable String column, @Nullable Instant remindAt) {
    if (column == null) {
      return Reminder.only(remindAt);
    }
    return EventJson.MAPPER.readValue(column, LIST).stream()
        .map(stored -> new Reminder(stored.before() == null ? stored.at() : null, stored.before()))
        .toList();
  }
}
