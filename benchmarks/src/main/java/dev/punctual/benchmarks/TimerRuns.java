package dev.punctual.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The single measurements; each on a database of its own, whose clock is this machine's, and after
 * the same warm-up.
 */
final class TimerRuns {

  private static final Duration APART = Duration.ofMillis(6);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** In so long even the slowest peer has shown its rate. */
  private static final Duration PEERS_PATIENCE = Duration.ofSeconds(40);

  private final TimerServers servers;
  private final TimersReport report;
  private final int burst;
  private final int spread;

  TimerRuns(TimerServers servers, TimersReport report, int burst, int spread) {
    this.servers = servers;
    this.report = report;
    this.burst = burst;
    this.spread = spread;
  }

  /** (a) All at one instant: the time until the last is fired. */
  void burst(String who, TimerContender contender) throws IOException {
    say("%,d at one instant: %s".formatted(burst, who));
    var jdbc = contender.jdbc();
    try (contender) {
      var load = WarmUp.of(contender, 1).schedule("000b", burst, Duration.ZERO);
      jdbc.sql("CHECKPOINT").update();
      Waiting.until(load.first());
      var before = Work.of(jdbc);
      load.awaitFired(jdbc, contender instanceof PeerTimers ? PEERS_PATIENCE : PATIENCE);
      report.burst(who, FiredFigures.of(jdbc, load), Work.of(jdbc).since(before), burst);
    }
  }

  /** (b) Spread over time: the lateness of each. */
  void spread(String who, TimerContender contender) throws IOException {
    say("%,d over %d s: %s".formatted(spread, spreadSeconds(), who));
    try (contender) {
      var warm = WarmUp.of(contender, 1);
      measureSpread(who, contender, warm.schedule("000a", spread, APART));
    }
  }

  private void measureSpread(String who, TimerContender contender, TimerLoad load)
      throws IOException {
    if (contender instanceof PunctualTimers ours) {
      try (var arrivals =
          new ReminderArrivals(
              servers.kafka(), ours.topicPrefix() + "notifications", load.prefix())) {
        load.awaitFired(contender.jdbc(), PATIENCE);
        Waiting.until(() -> arrivals.count() >= load.count(), Duration.ofSeconds(20));
        report.consumer(who, arrivals);
        report.memory(who, ours.process(0).residentMegabytes());
      }
    } else {
      load.awaitFired(contender.jdbc(), PATIENCE);
    }
    report.spread(who, FiredFigures.of(contender.jdbc(), load), load.count());
  }

  /** The floor of the way to a consumer. */
  void bareProduce() {
    say("%,d over %d s: bare transactional produce".formatted(spread, spreadSeconds()));
    servers.newTopics("bare-");
    var warm = new TimerLoad("000d", WarmUp.SPREAD, in(Duration.ofSeconds(1)), WarmUp.APART);
    BareProduce.run(servers, "bare-", warm);
    try (var arrivals = new ReminderArrivals(servers.kafka(), "bare-notifications", "000a")) {
      var load = new TimerLoad("000a", spread, in(Duration.ofSeconds(2)), APART);
      BareProduce.run(servers, "bare-", load);
      Waiting.until(() -> arrivals.count() >= spread, Duration.ofSeconds(20));
      report.consumer("bare produce", arrivals);
    }
  }

  /** (c) The same with many timers that are due some other day. */
  void spreadAmongFar(PunctualTimers contender, int far) throws IOException {
    var who = "punctual, %,d far".formatted(far);
    say("%,d over %d s: %s".formatted(spread, spreadSeconds(), who));
    try (contender) {
      new TimerLoad("000f", far, in(Duration.ofDays(2)), Duration.ofMillis(100))
          .timers(contender.jdbc());
      contender.jdbc().sql("VACUUM ANALYZE timers").update();
      contender.jdbc().sql("CHECKPOINT").update();
      var warm = WarmUp.of(contender, 1);
      measureSpread(who, contender, warm.schedule("000a", spread, APART));
    }
  }

  /** (d) Punctual timers while a great many others fall due at once. */
  void spreadWithBurst(PunctualTimers contender) throws IOException {
    say("%,d over %d s, with %,d at one instant".formatted(spread, spreadSeconds(), burst));
    try (contender) {
      var warm = WarmUp.of(contender, 1);
      var first = in(warm.lead(burst + spread)).truncatedTo(ChronoUnit.MILLIS);
      var amid = first.plusSeconds(spreadSeconds() / 3);
      var many = warm.schedule("000b", burst, Duration.ZERO, amid);
      var load = warm.schedule("000a", spread, APART, first);
      measureSpread("punctual, burst amid", contender, load);
      many.awaitFired(contender.jdbc(), PATIENCE);
    }
  }

  /** (e) One of two workers is killed in the middle. */
  void spreadWithKill(PunctualTimers contender) throws IOException {
    say("%,d over %d s, one of two workers killed".formatted(spread, spreadSeconds()));
    try (contender) {
      var load = WarmUp.of(contender, 2).schedule("000a", spread, APART);
      Waiting.until(load.first().plusSeconds(spreadSeconds() / 3));
      contender.process(0).kill();
      load.awaitFired(contender.jdbc(), PATIENCE);
      report.spread("punctual, one killed", FiredFigures.of(contender.jdbc(), load), spread);
    }
  }

  private static Instant in(Duration duration) {
    return InstantSource.system().instant().plus(duration);
  }

  private long spreadSeconds() {
    return APART.multipliedBy(spread).toSeconds();
  }

  private void say(String what) {
    System.err.printf("%4d s  %s%n", servers.runningFor().toSeconds(), what);
  }
}
