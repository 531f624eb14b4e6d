package dev.punctual.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Fires what is in the near window when its instant comes. What could not be fired within a second
 * is left to the {@link OverdueLane}, so that a jam never stands before those who are on time.
 */
final class PunctualLane {

  /** From here on a timer is overdue, and no longer in this lane. */
  static final Duration OVERDUE_AFTER = Duration.ofSeconds(1);

  static final int BATCH = 1000;

  private static final Duration RETRY_LOCKED = Duration.ofMillis(50);

  private final NearWindow window;
  private final Firing firing;
  private final Supplier<Instant> askTheDatabase;
  private final Runnable wakeOverdueLane;

  PunctualLane(
      NearWindow window,
      Firing firing,
      Supplier<Instant> askTheDatabase,
      Runnable wakeOverdueLane) {
    this.window = window;
    this.firing = firing;
    this.askTheDatabase = askTheDatabase;
    this.wakeOverdueLane = wakeOverdueLane;
  }

  /** Fires what is due at {@code now}, at most a batch; returns how many this call fired. */
  int runOnce(Instant now) {
    var due = window.takeDue(now, BATCH);
    try {
      var punctual = withoutOverdue(due, now);
      if (punctual.isEmpty()) {
        return 0;
      }
      var outcome = firing.fire(punctual);
      outcome.early().forEach(hint -> window.offer(hint.tryAgainAt(hint.fireAt())));
      outcome.locked().forEach(hint -> window.offer(hint.tryAgainAt(now.plus(RETRY_LOCKED))));
      return outcome.fired();
    } catch (RuntimeException | Error e) {
      due.forEach(window::offer);
      throw e;
    }
  }

  /**
   * What seems overdue may be so because our clock went wrong, so the database is asked: what is
   * still to come goes back.
   */
  private List<Hint> withoutOverdue(List<Hint> due, Instant now) {
    if (due.stream().noneMatch(hint -> isOverdue(hint, now))) {
      return due;
    }
    var databaseNow = askTheDatabase.get();
    var punctual = new ArrayList<Hint>(due.size());
    for (var hint : due) {
      if (hint.fireAt().isAfter(databaseNow)) {
        window.offer(hint);
      } else if (isOverdue(hint, databaseNow)) {
        wakeOverdueLane.run();
      } else {
        punctual.add(hint);
      }
    }
    return punctual;
  }

  private static boolean isOverdue(Hint hint, Instant now) {
    return !hint.fireAt().plus(OVERDUE_AFTER).isAfter(now);
  }
}
