package dev.punctual.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting, without checked exceptions. */
final class Waiting {

  private Waiting() {}

  static void millis(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  static void until(Instant instant) {
    var clock = InstantSource.system();
    while (clock.instant().isBefore(instant)) {
      LockSupport.parkNanos(Duration.between(clock.instant(), instant).toNanos());
    }
  }

  /** Returns whether it became true in time. */
  static boolean until(BooleanSupplier condition, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      millis(250);
    }
    return true;
  }

  static void untilEnded(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
