package dev.punctual.taskservice.task;

import dev.punctual.event.Task;
import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.Fields;
import dev.punctual.taskservice.recurrence.Rules;
import dev.punctual.taskservice.tag.Tags;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a client decides about a task. */
record TaskFields(
    String title,
    @Nullable String description,
    boolean isComplete,
    String priority,
    @Nullable Instant dueDate,
    List<Task.Reminder> reminders,
    @Nullable JsonNode recurrenceRule,
    Set<String> tags) {

  /** A new task, but for its title. */
  static final TaskFields BLANK =
      new TaskFields("", null, false, "medium", null, List.of(), null, Set.of());

  static TaskFields of(Task task) {
    return new TaskFields(
        task.title(),
        task.description(),
        task.isComplete(),
        task.priority(),
        task.dueDate(),
        task.reminders(),
        task.recurrenceRule(),
        new TreeSet<>(task.tags().stream().map(Task.TagRef::name).toList()));
  }

  /**
   * Reads a request. Nothing is checked yet.
   *
   * @param absent what a field is that is absent
   * @param current what the task is
   */
  static TaskFields read(Fields fields, TaskFields absent, TaskFields current) {
    var dueDate = fields.nullable("due_date", FieldReader.instant(), absent.dueDate);
    return new TaskFields(
        fields.value("title", FieldReader.name(200), absent.title),
        fields.nullable("description", FieldReader.text(2000), absent.description),
        absent.isComplete,
        fields.value("priority", FieldReader.oneOf(TaskView.PRIORITIES), absent.priority),
        dueDate,
        ReminderFields.read(fields, dueDate, absent.reminders, current),
        fields.nullable(Rules.FIELD, Rules.rule(day(dueDate)), absent.recurrenceRule),
        new TreeSet<>(fields.value("tags", Tags.names(), List.copyOf(absent.tags))));
  }

  private static @Nullable LocalDate day(@Nullable Instant dueDate) {
    return dueDate == null ? null : LocalDate.ofInstant(dueDate, ZoneOffset.UTC);
  }

  TaskFields completed(boolean isComplete) {
    return new TaskFields(
        title, description, isComplete, priority, dueDate, reminders, recurrenceRule, tags);
  }

  /** The first of the reminders. */
  @Nullable Instant remindAt() {
    return Task.Reminder.first(reminders, dueDate);
  }
}
