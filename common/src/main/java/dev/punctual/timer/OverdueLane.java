package dev.punctual.timer;

import java.time.Duration;
import java.util.List;

/**
 * Drains from the table, oldest first, what is overdue: after an outage, or because it was set in
 * the past. Several such lanes share the slots out among them, so that they do not meet. And it is
 * the net: timers of any slot that nobody fired in time are fired here.
 */
final class OverdueLane {

  /** What another process owns and has not fired for so long is fired here. */
  static final Duration SWEPT_AFTER = Duration.ofSeconds(2);

  /**
   * So many are read at once: reading the oldest means sorting all, so it is not done for each
   * batch.
   */
  private static final int PAGE = 20_000;

  private final Share share;
  private final OverdueTimers overdue;
  private final OwnedSlots slots;
  private final Firing firing;
  private final FiringObserver observer;

  /**
   * Which of the owned slots are this lane's: one in {@code of}, beginning with the {@code nth}.
   */
  record Share(int nth, int of) {

    static final Share ALL = new Share(0, 1);
  }

  OverdueLane(
      Share share,
      OverdueTimers overdue,
      OwnedSlots slots,
      Firing firing,
      FiringObserver observer) {
    this.share = share;
    this.overdue = overdue;
    this.slots = slots;
    this.firing = firing;
    this.observer = observer;
  }

  /** Fires a page of the overdue timers of our share; returns how many this call fired. */
  int runOnce() {
    var ours = slots.current(share.nth(), share.of());
    return fire(overdue.oldest(firing.kinds(), ours, PunctualLane.OVERDUE_AFTER, PAGE));
  }

  /**
   * Fires overdue timers of any slot. It goes on only while most of a batch was left to it: when
   * their owner is at work too, it is left alone.
   */
  int sweepOnce() {
    int swept = 0;
    int last;
    do {
      var batch = overdue.oldest(firing.kinds(), OwnedSlots.ALL, SWEPT_AFTER, PunctualLane.BATCH);
      last = fire(batch);
      swept += last;
    } while (last > PunctualLane.BATCH / 2);
    if (swept > 0) {
      observer.swept(swept);
    }
    return swept;
  }

  private int fire(List<Hint> timers) {
    int fired = 0;
    for (int i = 0; i < timers.size(); i += PunctualLane.BATCH) {
      var batch = timers.subList(i, Math.min(i + PunctualLane.BATCH, timers.size()));
      fired += firing.fire(batch).fired();
    }
    return fired;
  }
}
