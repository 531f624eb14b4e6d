package dev.punctual.timer;

import java.util.List;

/** Is told what firing does; for metrics. */
interface FiringObserver {

  /** These were fired, and their effects are committed. */
  default void fired(TimerKind kind, List<FiredTimer> timers) {}

  /**
   * Of a batch, so many had been moved, cancelled or fired by another process, and so many belong
   * to a row that somebody has locked.
   */
  default void missed(TimerKind kind, int lost, int locked) {}

  /** A timer's effects could not be written. */
  default void parked(TimerKind kind) {}

  /** So many timers that another process should have fired were fired here. */
  default void swept(int timers) {}
}
