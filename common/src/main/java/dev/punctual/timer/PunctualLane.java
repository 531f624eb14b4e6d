package dev.punctual.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Fires what is in the near window when its instant comes; the youngest first, so that whoever is
 * on time waits for no more than the batch in progress. When more than a batch is due, the drains
 * help from the other end. What could not be fired within a second is left to the {@link
 * OverdueLane}.
 */
final class PunctualLane {

  /** From here on a timer is overdue, and no longer in this lane. */
  static final Duration OVERDUE_AFTER = Duration.ofSeconds(1);

  static final int BATCH = 1000;

  /** In a burst, so that those who are on time wait for little; the drains do the bulk. */
  static final int SHORT_BATCH = 100;

  private static final Duration RETRY_LOCKED = Duration.ofMillis(50);

  private final NearWindow window;
  private final Firing firing;
  private final Supplier<Instant> askTheDatabase;
  private final Runnable wakeTheDrains;

  PunctualLane(
      NearWindow window, Firing firing, Supplier<Instant> askTheDatabase, Runnable wakeTheDrains) {
    this.window = window;
    this.firing = firing;
    this.askTheDatabase = askTheDatabase;
    this.wakeTheDrains = wakeTheDrains;
  }

  /** Fires the youngest of what is due, at most a batch; returns how many this call fired. */
  int runOnce(Instant now) {
    var present = forgetOverdue(now);
    boolean isBurst = window.isMoreDue(present, BATCH);
    if (isBurst) {
      wakeTheDrains.run();
    }
    return fire(window.takeYoungest(present, isBurst ? SHORT_BATCH : BATCH), present);
  }

  /**
   * Fires a batch of what is due, the oldest, if more than a batch is; returns whether it was so.
   */
  boolean helpOnce(Instant now) {
    var due = window.takeOldestOfMore(now, BATCH);
    fire(due, now);
    return !due.isEmpty();
  }

  /**
   * Leaves to the other lane what is overdue. It may seem so because our clock went wrong, so the
   * database is asked first; returns what time it is.
   */
  private Instant forgetOverdue(Instant now) {
    if (!window.isDue(now.minus(OVERDUE_AFTER))) {
      return now;
    }
    var databaseNow = askTheDatabase.get();
    if (window.forgetDue(databaseNow.minus(OVERDUE_AFTER))) {
      wakeTheDrains.run();
    }
    return databaseNow;
  }

  private int fire(List<Hint> due, Instant now) {
    try {
      var outcome = firing.fire(due);
      outcome.early().forEach(hint -> window.offer(hint.tryAgainAt(hint.fireAt())));
      outcome.locked().stream()
          .filter(hint -> hint.fireAt().plus(OVERDUE_AFTER).isAfter(now))
          .forEach(hint -> window.offer(hint.tryAgainAt(now.plus(RETRY_LOCKED))));
      return outcome.fired();
    } catch (RuntimeException | Error e) {
      due.forEach(window::offer);
      throw e;
    }
  }
}
