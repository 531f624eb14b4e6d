package dev.punctual.timer;

import dev.punctual.consumer.Received;
import dev.punctual.consumer.UnreadableRecord;
import dev.punctual.event.TaskEvent;
import dev.punctual.event.TimerSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hints in events: in {@code timer.set}, and in {@code task.completed} of a recurring task. */
final class Hints {

  private final Set<TimerKind> kinds;
  private final DatabaseClock clock;

  Hints(Set<TimerKind> kinds, DatabaseClock clock) {
    this.kinds = kinds;
    this.clock = clock;
  }

  /** The types of events that have hints for these kinds. */
  Set<String> types() {
    return kinds.contains(TimerKind.SUCCESSOR)
        ? Set.of("timer.set", TaskEvent.Kind.COMPLETED.type())
        : Set.of("timer.set");
  }

  /** The hint in an event, if it has one for this worker. */
  Optional<Hint> read(Received received) {
    if (received.event() instanceof TimerSet set) {
      return timerSet(set, received.traceParent()).filter(hint -> kinds.contains(hint.kind()));
    }
    if (received.event() instanceof TaskEvent completed && clock.isKnown()) {
      return taskCompleted(completed, received.traceParent());
    }
    return Optional.empty();
  }

  private static Optional<Hint> timerSet(TimerSet event, @Nullable String traceParent) {
    try {
      var timer = new Timer(TimerKind.of(event.timerKind()), event.timerId(), event.fireAt());
      return Optional.of(Hint.of(timer).tracedBy(traceParent));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new UnreadableRecord("It announces no timer that this program knows: " + event + ".");
    }
  }

  /** The successor of a completed task is owed at once. */
  private Optional<Hint> taskCompleted(TaskEvent event, @Nullable String traceParent) {
    if (event.task().recurrenceRule() == null) {
      return Optional.empty();
    }
    var timer = new Timer(TimerKind.SUCCESSOR, event.task().id(), clock.now());
    return Optional.of(Hint.of(timer).tracedBy(traceParent));
  }
}
