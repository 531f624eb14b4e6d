package dev.punctual.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database's clock, read without asking it: this machine's monotonic clock plus an offset that
 * is corrected with each measure. The wall clock of this machine takes no part.
 *
 * <p>A measure says that the database read {@code t} at some time between two readings of the
 * monotonic clock, so it bounds the offset from both sides. An offset within the bounds stays;
 * another moves to the nearer bound. So slow answers do no harm, and quick ones make it exact.
 */
final class DatabaseClock {

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final LongSupplier monotonicNanos;
  private volatile long offset = UNKNOWN;
  private volatile long heardAt = System.nanoTime();

  DatabaseClock(LongSupplier monotonicNanos) {
    this.monotonicNanos = monotonicNanos;
  }

  /** A reading of the monotonic clock, for {@link #measured}. */
  long reading() {
    return monotonicNanos.getAsLong();
  }

  /** Takes note that the database's clock showed this instant between these two readings. */
  synchronized void measured(long before, Instant database, long after) {
    long instant = TimeUnit.SECONDS.toNanos(database.getEpochSecond()) + database.getNano();
    long lowest = instant - after;
    long highest = instant - before;
    long current = offset;
    heardAt = System.nanoTime();
    offset =
        current == UNKNOWN
            ? lowest + (highest - lowest) / 2
            : Math.min(Math.max(current, lowest), highest);
  }

  /** Asks the database, and returns what the clock shows then. */
  Instant measure(JdbcClient jdbc) {
    long before = reading();
    var database = jdbc.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single();
    measured(before, database.toInstant(), reading());
    return now();
  }

  /** How long ago the database last answered, or this clock began to wait for it. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  boolean isKnown() {
    return offset != UNKNOWN;
  }

  /**
   * The present instant.
   *
   * @throws IllegalStateException before the first measure
   */
  Instant now() {
    long known = offset;
    if (known == UNKNOWN) {
      throw new IllegalStateException("The database's clock has not been measured yet.");
    }
    return Instant.ofEpochSecond(0, monotonicNanos.getAsLong() + known);
  }
}
