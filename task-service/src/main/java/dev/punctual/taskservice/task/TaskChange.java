package dev.punctual.taskservice.task;

import dev.punctual.event.Task;
import dev.punctual.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What changed between two states of a task; before the first there is none. */
record TaskChange(@Nullable Task before, Task after) {

  TaskEvent.Kind kind() {
    if (before == null) {
      return TaskEvent.Kind.CREATED;
    }
    if (before.isComplete() == after.isComplete()) {
      return TaskEvent.Kind.UPDATED;
    }
    return after.isComplete() ? TaskEvent.Kind.COMPLETED : TaskEvent.Kind.REOPENED;
  }

  /** The JSON names of the fields that differ; of a new task those that have a value. */
  List<String> fields() {
    List<String> names = new ArrayList<>();
    differ(names, "title", before == null ? null : before.title(), after.title());
    differ(names, "description", before == null ? null : before.description(), after.description());
    differ(names, "is_complete", before != null && before.isComplete(), after.isComplete());
    differ(
        names, "completed_at", before == null ? null : before.completedAt(), after.completedAt());
    differ(names, "priority", before == null ? null : before.priority(), after.priority());
    differ(names, "due_date", before == null ? null : before.dueDate(), after.dueDate());
    differ(names, "remind_at", before == null ? null : before.remindAt(), after.remindAt());
    differ(names, "reminders", before == null ? List.of() : before.reminders(), after.reminders());
    differ(
        names,
        "recurrence_rule",
        before == null ? null : before.recurrenceRule(),
        after.recurrenceRule());
    differ(
        names,
        "recurring_task_id",
        before == null ? null : before.recurringTaskId(),
        after.recurringTaskId());
    differ(names, "series_id", before == null ? null : before.seriesId(), after.seriesId());
    differ(names, "tags", before == null ? List.of() : before.tags(), after.tags());
    return names;
  }

  private static void differ(
      List<String> names, String name, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      names.add(name);
    }
  }
}
