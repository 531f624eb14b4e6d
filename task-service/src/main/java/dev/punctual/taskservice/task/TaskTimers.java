package dev.punctual.taskservice.task;

import dev.punctual.event.Task;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which timers a change of a task sets, and which it cancels. */
record TaskTimers(List<Timer> set, List<TimerKind> cancelled) {

  /**
   * Decides.
   *
   * @param before null for a new task
   * @param after as of the change
   * @param now the instant of the change, by the database's clock
   */
  static TaskTimers of(@Nullable Task before, Task after, Instant now) {
    var timers = new TaskTimers(new ArrayList<>(), new ArrayList<>());
    timers.reminder(before, after, now);
    timers.successor(before, after, now);
    return timers;
  }

  private void reminder(@Nullable Task before, Task after, Instant now) {
    var at = after.isComplete() ? null : after.remindAt();
    if (at == null) {
      if (before != null && before.remindAt() != null && !before.isComplete()) {
        cancelled.add(TimerKind.REMINDER);
      }
      return;
    }
    boolean asked = before == null || !Objects.equals(before.remindAt(), at);
    boolean reopened = before != null && before.isComplete();
    // An instant that has passed fires only for the request that sets it.
    if (asked || (reopened && at.isAfter(now))) {
      set.add(new Timer(TimerKind.REMINDER, after.id(), at));
    }
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
