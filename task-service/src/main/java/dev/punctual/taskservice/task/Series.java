package dev.punctual.taskservice.task;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The place of a task in a series.
 *
 * @param id the template, or the first task of the chain
 * @param start the local date-time that the chain's rule counts from; null if the task has no rule
 * @param position 1 for the first of a chain
 */
record Series(String id, @Nullable LocalDateTime start, @Nullable Integer position) {

  /** Whether the task is the one that its chain began with. */
  boolean beganWith(String taskId) {
    return id.equals(taskId);
  }
}
