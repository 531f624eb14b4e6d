package dev.punctual.timer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The net: every second or so, timers are fired that another process should have fired two seconds
 * ago, or that nobody owns. The youngest come first: what was punctual until its owner died does
 * not wait for what is late anyhow, and an owner that is alive drains from the other end.
 */
final class Sweep {

  /** What another process owns and has not fired for so long is fired here. */
  static final Duration AFTER = Duration.ofSeconds(2);

  private final OverdueTimers overdue;
  private final OwnedSlots slots;
  private final Firing firing;
  private final FiringObserver observer;
  private long next = System.nanoTime();

  Sweep(OverdueTimers overdue, OwnedSlots slots, Firing firing, FiringObserver observer) {
    this.overdue = overdue;
    this.slots = slots;
    this.firing = firing;
    this.observer = observer;
  }

  boolean isDue() {
    return System.nanoTime() - next >= 0;
  }

  /**
   * Fires a batch of overdue timers of the slots that are not ours. The next is due at once if most
   * of this one was left to us: their owner is away, or far behind.
   */
  int runOnce() {
    // Also when this one fails.
    next = System.nanoTime() + Duration.ofMillis(randomBetween(1000, 1500)).toNanos();
    var batch = overdue.youngest(firing.kinds(), slots.foreign(), AFTER, PunctualLane.BATCH);
    int fired = firing.fire(batch).fired();
    if (fired > 0) {
      observer.swept(fired);
    }
    if (fired > PunctualLane.BATCH / 2) {
      next = System.nanoTime();
    }
    return fired;
  }

  /** The sweeps of several workers should not fall together. */
  private static long randomBetween(long least, long most) {
    return ThreadLocalRandom.current().nextLong(least, most);
  }
}
