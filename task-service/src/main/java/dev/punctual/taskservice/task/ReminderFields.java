package dev.punctual.taskservice.task;

import dev.punctual.event.Task.Reminder;
import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code remind_at} and {@code reminders}. The one alone is the only reminder; of both,
 * {@code remind_at} is to be the first, unless one of them is sent back as it is.
 */
final class ReminderFields {

  private static final int MOST = 10;
  private static final Duration LONGEST = Duration.ofDays(366);

  private ReminderFields() {}

  static List<Reminder> read(
      Fields fields, @Nullable Instant dueDate, List<Reminder> absent, TaskFields current) {
    var remindAt = fields.nullable("remind_at", FieldReader.instant(), null);
    var read = fields.nullable("reminders", ReminderFields::list, null);
    var reminders = read == null ? List.<Reminder>of() : read;
    if (fields.isRefused("remind") || fields.isRefused("due_date")) {
      return absent;
    }
    if (!fields.has("reminders")) {
      reminders = fields.has("remind_at") ? Reminder.only(remindAt) : absent;
    } else if (fields.has("remind_at")) {
      reminders = reconciled(fields, remindAt, reminders, dueDate, current);
    }
    refuseWithoutDueDate(fields, reminders, dueDate);
    return reminders;
  }

  private static List<Reminder> reconciled(
      Fields fields,
      @Nullable Instant remindAt,
      List<Reminder> reminders,
      @Nullable Instant dueDate,
      TaskFields current) {
    var first = Reminder.first(reminders, dueDate);
    if (Objects.equals(remindAt, first) || Objects.equals(remindAt, current.remindAt())) {
      return reminders;
    }
    if (!reminders.equals(current.reminders())) {
      fields.refuse(
          "remind_at", "must be the first of reminders, which is " + first + ", or be left out");
    }
    return Reminder.only(remindAt);
  }

  private static void refuseWithoutDueDate(
      Fields fields, List<Reminder> reminders, @Nullable Instant dueDate) {
    for (int i = 0; i < reminders.size(); i++) {
      if (reminders.get(i).before() == null) {
        continue;
      }
      var name = "reminders[" + i + "].before";
      var time = reminders.get(i).time(dueDate);
      if (time == null && fields.has("reminders")) {
        fields.refuse(name, "needs a due_date to count back from");
      } else if (time == null) {
        fields.refuse("due_date", "must not be null: " + name + " counts back from it");
      } else if (time.isBefore(Instant.EPOCH)) {
        fields.refuse(name, "must not reach back beyond the year 1970");
      }
    }
  }

  private static List<Reminder> list(JsonNode value) {
    if (!value.isArray() || value.size() > MOST) {
      throw new FieldReader.Refused("must be a list of up to " + MOST + " reminders");
    }
    return List.copyOf(FieldReader.each(value, ReminderFields::one));
  }

  private static Reminder one(JsonNode value) {
    if (!value.isObject() || value.size() != 1 || !(value.has("at") || value.has("before"))) {
      throw new FieldReader.Refused(
          "must be an object with one field: at, an instant, or before, a duration before due_date");
    }
    return value.has("at")
        ? Reminder.at(part(value, "at", FieldReader.instant()))
        : Reminder.before(part(value, "before", FieldReader.duration(LONGEST)));
  }

  private static <T> T part(JsonNode value, String name, FieldReader<T> reader) {
    try {
      return reader.read(value.get(name));
    } catch (FieldReader.Refused e) {
      throw new FieldReader.Refused(e.errors().stream().map(error -> error.within(name)).toList());
    }
  }
}
