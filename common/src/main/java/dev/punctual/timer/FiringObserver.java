package dev.punctual.timer;

import java.util.List;

/** Is told what firing does; for metrics. */
interface FiringObserver {

  /** These were fired, and their effects are committed. */
  default void fired(TimerKind kind, List<FiredTimer> timers) {}

  /**
   * Of the hints of a batch, so many found no timer that is due, because it was moved, cancelled or
   * fired, here or by another process; and so many belong to a row that somebody has locked.
   */
  default void missed(TimerKind kind, int lost, int locked) {}

  /** A timer's effects could not be written. */
  default void parked(TimerKind kind) {}

  /** So many timers of slots that are not ours were fired here. */
  default void swept(int timers) {}

  /** A timer was announced of a kind that this program does not know: a newer one set it. */
  default void unknown(String kind) {}
}
