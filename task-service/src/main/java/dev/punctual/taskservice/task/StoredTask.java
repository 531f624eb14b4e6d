package dev.punctual.taskservice.task;

import dev.punctual.event.Task;
import org.jspecify.annotations.Nullable;

/**
 * A task as the table holds it.
 *
 * @param series its place in a chain of recurring tasks; null if it has none
 */
record StoredTask(Task task, long version, @Nullable Series series) {

  String id() {
    return task.id();
  }
}
