package dev.punctual.recurrenceworker;

import dev.punctual.event.Task;
import dev.punctual.recurrence.Occurrence;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An occurrence for the ledger, and the task that is made of it if the ledger does not know it yet.
 *
 * @param task with its id; null for an occurrence that is only recorded
 * @param predecessor the completed task that this one succeeds; null for a template's
 * @param position the how-manieth of its series this is, from 1
 * @param seriesStart what the chain's rule counts from; null for a template's instance
 * @param remindsAt the first of the task's reminders that is to fire: one that has passed is not
 *     made up; null if none is
 */
record Entry(
    String userId,
    String seriesId,
    Occurrence occurrence,
    OccurrenceState state,
    @Nullable Task task,
    @Nullable String predecessor,
    int position,
    @Nullable LocalDateTime seriesStart,
    @Nullable Instant remindsAt) {

  @Nullable String taskId() {
    return task == null ? null : task.id();
  }
}
