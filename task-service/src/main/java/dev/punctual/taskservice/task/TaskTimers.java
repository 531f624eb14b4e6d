package dev.punctual.taskservice.task;

import dev.punctual.event.Task;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which timers a change of a task sets, and which it cancels. */
record TaskTimers(List<Timer> set, List<TimerKind> cancelled) {

  /**
   * Decides.
   *
   * @param before null for a new task
   * @param after as of the change
   * @param armed the instant for which the reminder of {@code before} is set, if it is
   * @param now the instant of the change, by the database's clock
   */
  static TaskTimers of(
      @Nullable Task before, Task after, Supplier<Optional<Instant>> armed, Instant now) {
    var timers = new TaskTimers(new ArrayList<>(), new ArrayList<>());
    timers.reminder(before, after, armed, now);
    timers.successor(before, after, now);
    return timers;
  }

  /** One timer stands for all reminders of a task: it is set for the first that is to fire. */
  private void reminder(
      @Nullable Task before, Task after, Supplier<Optional<Instant>> armed, Instant now) {
    var was = times(before);
    var times = times(after);
    if (times.equals(was) && (before == null || !before.isComplete())) {
      return;
    }
    var next =
        times.stream()
            .filter(at -> at.isAfter(now) || isAsked(before, after, at) || isOwed(at, was, armed))
            .findFirst();
    if (next.isPresent()) {
      set.add(new Timer(TimerKind.REMINDER, after.id(), next.get()));
    } else if (!was.isEmpty()) {
      cancelled.add(TimerKind.REMINDER);
    }
  }

  private static SortedSet<Instant> times(@Nullable Task task) {
    return task == null || task.isComplete() ? Collections.emptySortedSet() : task.reminderTimes();
  }

  /** An instant that has passed fires only for the request that sets it. */
  private static boolean isAsked(@Nullable Task before, Task after, Instant at) {
    return after.reminders().stream()
        .filter(reminder -> at.equals(reminder.time(after.dueDate())))
        .anyMatch(reminder -> before == null || !before.reminders().contains(reminder));
  }

  /** An instant that has passed, and has not fired yet. */
  private static boolean isOwed(
      Instant at, SortedSet<Instant> was, Supplier<Optional<Instant>> armed) {
    return was.contains(at) && armed.get().filter(fireAt -> !at.isBefore(fireAt)).isPresent();
  }

  private void successor(@Nullable Task before, Task after, Instant now) {
    boolean owed = before != null && before.isComplete() && before.recurrenceRule() != null;
    boolean owes = after.isComplete() && after.recurrenceRule() != null;
    if (owes && before != null && !before.isComplete()) {
      set.add(new Timer(TimerKind.SUCCESSOR, after.id(), now));
    } else if (owed && !owes) {
      cancelled.add(TimerKind.SUCCESSOR);
    }
  }
}
