package dev.punctual.timer;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What memory holds of a timer. The row in {@code timers} decides; a hint may be stale.
 *
 * @param tryAt when to try the claim; later than {@code fireAt} after a try that met a lock
 * @param traceParent the trace in which the timer was set; null if it is not known
 */
record Hint(
    Instant tryAt, Instant fireAt, TimerKind kind, String id, @Nullable String traceParent) {

  static final Comparator<Hint> IN_ORDER =
      Comparator.comparing(Hint::tryAt)
          .thenComparing(Hint::kind)
          .thenComparing(Hint::id)
          .thenComparing(Hint::fireAt);

  /** Behind all hints to be tried at this instant or before, and before all others. */
  static Hint endOf(Instant instant) {
    return new Hint(instant.plusNanos(1), Instant.MIN, TimerKind.REMINDER, "", null);
  }

  static Hint of(Timer timer) {
    return new Hint(timer.fireAt(), timer.fireAt(), timer.kind(), timer.id(), null);
  }

  Hint tracedBy(@Nullable String traceParent) {
    return new Hint(tryAt, fireAt, kind, id, traceParent);
  }

  Hint tryAgainAt(Instant instant) {
    return new Hint(instant, fireAt, kind, id, traceParent);
  }
}
