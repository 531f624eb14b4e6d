package dev.punctual.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * A contender that has started, fired {@link #BURST} timers at once again and again for {@link
 * #LEAST}, and {@link #SPREAD} one after the other: it is ready, its code is compiled, and it is
 * known how long scheduling takes.
 */
final class WarmUp {

  static final int SPREAD = 2_000;
  static final Duration APART = Duration.ofMillis(2);

  private static final int BURST = 3_000;
  private static final Duration LEAST = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private final TimerContender contender;
  private final Duration toSchedule;

  private WarmUp(TimerContender contender, Duration toSchedule) {
    this.contender = contender;
    this.toSchedule = toSchedule;
  }

  static WarmUp of(TimerContender contender, int processes) throws IOException {
    for (int i = 0; i < processes; i++) {
      contender.start();
    }
    var load = new TimerLoad("000e", BURST, now(), Duration.ZERO);
    long before = System.nanoTime();
    contender.schedule(load);
    var warm = new WarmUp(contender, Duration.ofNanos(System.nanoTime() - before));
    load.mustBeFired(contender.jdbc(), PATIENCE);
    for (int burst = 0; System.nanoTime() - before < LEAST.toNanos(); burst++) {
      var another = new TimerLoad("%04x".formatted(0x1000 + burst), BURST, now(), Duration.ZERO);
      contender.schedule(another);
      another.mustBeFired(contender.jdbc(), PATIENCE);
    }
    warm.schedule("000d", SPREAD, APART).mustBeFired(contender.jdbc(), PATIENCE);
    Waiting.millis(SETTLE.toMillis());
    return warm;
  }

  /**
   * How long before the first instant so many are to be scheduled: as the warm-up says, which began
   * with everything cold, but no longer than has ever been seen.
   */
  Duration lead(int count) {
    var estimate = toSchedule.multipliedBy(count).multipliedBy(3).dividedBy(2L * BURST);
    var longest = contender.longestToSchedule(count);
    var scheduling = MARGIN.plus(estimate.compareTo(longest) < 0 ? estimate : longest);
    return scheduling.plus(contender.leastLead(count));
  }

  /** Schedules timers from as soon as they can be, on. */
  TimerLoad schedule(String prefix, int count, Duration apart) {
    return schedule(prefix, count, apart, now().plus(lead(count)));
  }

  TimerLoad schedule(String prefix, int count, Duration apart, Instant first) {
    var load = new TimerLoad(prefix, count, first, apart);
    contender.schedule(load);
    contender.jdbc().sql("ANALYZE").update();
    if (now().isAfter(first)) {
      System.err.println("        They took longer to schedule than thought: the first were late.");
    }
    return load;
  }

  private static Instant now() {
    return InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
