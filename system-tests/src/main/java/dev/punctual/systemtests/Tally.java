package dev.punctual.systemtests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What came of the requests of a load: how many were answered, how fast, and what was wrong. */
final class Tally {

  private final LongSupplier nanos;
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<Long, AtomicInteger> writesBySecond = new ConcurrentHashMap<>();
  private final Set<Long> disturbedSeconds = ConcurrentHashMap.newKeySet();

  /**
   * A new tally.
   *
   * @param nanos the monotonic clock
   */
  Tally(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A request was answered, whatever the answer. */
  void answered(Duration took) {
    longestNanos.accumulateAndGet(took.toNanos(), Math::max);
  }

  /** A write was answered with success. */
  void acknowledged() {
    writes.incrementAndGet();
    writesBySecond.computeIfAbsent(second(), second -> new AtomicInteger()).incrementAndGet();
  }

  /** A write was not acknowledged: something is away in this second. */
  void failed() {
    failures.incrementAndGet();
    disturbed();
  }

  /** In this second not everything is there that should be. */
  void disturbed() {
    disturbedSeconds.add(second());
  }

  /** A service that lives let a request wait in vain. */
  void hung(String request) {
    wrong.add("no answer: " + request);
  }

  /** An answer that no fault explains, or a failure of the load itself. */
  void unexpected(String what) {
    wrong.add(what);
  }

  private long second() {
    return Duration.ofNanos(nanos.getAsLong()).toSeconds();
  }

  long writes() {
    return writes.get();
  }

  long failures() {
    return failures.get();
  }

  /**
   * Judges the answers, and the rate in the seconds in which nothing was away.
   *
   * @param asked writes per second that the load was to make
   * @param least writes per second that it has to reach
   */
  Verdict check(int asked, int least) {
    var quiet =
        writesBySecond.entrySet().stream()
            .filter(second -> !disturbedSeconds.contains(second.getKey()))
            .mapToInt(second -> second.getValue().get())
            .summaryStatistics();
    var wrong = new ArrayList<>(this.wrong);
    if (writes.get() == 0) {
      wrong.add("not a single write was answered");
    }
    if (quiet.getCount() > 0 && quiet.getAverage() < least) {
      wrong.add(
          "only %.0f writes/s while nothing was away, at least %d are wanted"
              .formatted(quiet.getAverage(), least));
    }
    return new Verdict(
        "answers",
        "%d writes, %d sent again; %.0f/s of %d/s in %d s while nothing was away; the longest answer took %d ms"
            .formatted(
                writes.get(),
                failures.get(),
                quiet.getCount() == 0 ? 0 : quiet.getAverage(),
                asked,
                quiet.getCount(),
                Duration.ofNanos(longestNanos.get()).toMillis()),
        List.copyOf(wrong));
  }
}
