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
  private final FiringObserver observer;

  Hints(Set<TimerKind> kinds, DatabaseClock clock, FiringObserver observer) {
    this.kinds = kinds;
    this.clock = clock;
    this.observer = observer;
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
      return timerSet(set, received.traceParent());
    }
    if (received.event() instanceof TaskEvent completed && clock.isKnown()) {
      return taskCompleted(completed, received.traceParent());
    }
    return Optional.empty();
  }

  private Optional<Hint> timerSet(TimerSet event, @Nullable String traceParent) {
    if (event.timerKind() == null || event.fireAt() == null) {
      throw new UnreadableRecord("It does not say of what kind or when the timer is: " + event);
    }
    var kind = TimerKind.find(event.timerKind());
    if (kind.isEmpty()) {
      observer.unknown(event.timerKind());
    }
    return kind.filter(kinds::contains)
        .map(
            ours ->
                Hint.of(new Timer(ours, event.timerId(), event.fireAt())).tracedBy(traceParent));
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
