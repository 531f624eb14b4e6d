package dev.punctual.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The single measurements; each on a database of its own, whose clock is this machine's. */
final class TimerRuns {

  private static final Duration TO_START = Duration.ofSeconds(25);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration APART = Duration.ofMillis(6);

  private final TimerServers servers;
  private final TimersReport report;
  private final int burst = 100_000;
  private final int spread;

  TimerRuns(TimerServers servers, boolean quick, TimersReport report) {
    this.servers = servers;
    this.report = report;
    spread = quick ? 2_500 : 10_000;
  }

  private static Instant soon() {
    return InstantSource.system().instant().plus(TO_START).truncatedTo(ChronoUnit.SECONDS);
  }

  /** (a) All at one instant: the time until the last is fired. */
  void burst(String who, TimerContender contender) throws IOException {
    say("%,d at one instant: %s".formatted(burst, who));
    var jdbc = contender.jdbc();
    try (contender) {
      var load = new TimerLoad("000b", burst, scheduling(contender, burst), Duration.ZERO);
      contender.schedule(load);
      jdbc.sql("CHECKPOINT").update();
      contender.start();
      Waiting.until(load.first());
      var before = Work.of(jdbc);
      awaitFired(jdbc, load);
      report.burst(who, FiredFigures.of(jdbc, load), Work.of(jdbc).since(before), burst);
    }
  }

  /** Later when the schedule itself takes long. */
  private static Instant scheduling(TimerContender contender, int count) {
    return contender instanceof PeerTimers && count > 50_000 ? soon().plusSeconds(60) : soon();
  }

  /** (b) Spread over time: the lateness of each. */
  void spread(String who, TimerContender contender) throws IOException {
    say("%,d over %d s: %s".formatted(spread, spreadSeconds(), who));
    try (contender) {
      var load = new TimerLoad("000a", spread, soon(), APART);
      contender.schedule(load);
      measureSpread(who, contender, load);
    }
  }

  private void measureSpread(String who, TimerContender contender, TimerLoad load)
      throws IOException {
    contender.start();
    if (contender instanceof PunctualTimers ours) {
      try (var arrivals =
          new ReminderArrivals(servers.kafka(), ours.topicPrefix() + "notifications")) {
        awaitFired(contender.jdbc(), load);
        Waiting.until(() -> arrivals.count() >= load.count(), Duration.ofSeconds(20));
        report.consumer(who, arrivals);
        report.memory(who, ours.process(0).residentMegabytes());
      }
    } else {
      awaitFired(contender.jdbc(), load);
    }
    report.spread(who, FiredFigures.of(contender.jdbc(), load), load.count());
  }

  /** The floor of the way to a consumer. */
  void bareProduce() {
    say("%,d over %d s: bare transactional produce".formatted(spread, spreadSeconds()));
    servers.newTopics("bare-");
    try (var arrivals = new ReminderArrivals(servers.kafka(), "bare-notifications")) {
      var load =
          new TimerLoad("000a", spread, InstantSource.system().instant().plusSeconds(2), APART);
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
      var someDay = InstantSource.system().instant().plus(Duration.ofDays(2));
      new TimerLoad("000f", far, someDay, Duration.ofMillis(100)).timers(contender.jdbc());
      contender.jdbc().sql("VACUUM ANALYZE timers").update();
      var load = new TimerLoad("000a", spread, soon(), APART);
      contender.schedule(load);
      measureSpread(who, contender, load);
    }
  }

  /** (d) Punctual timers while a hundred thousand others fall due at once. */
  void spreadWithBurst(PunctualTimers contender) throws IOException {
    say("%,d over %d s, with %,d at one instant".formatted(spread, spreadSeconds(), burst));
    try (contender) {
      var first = soon();
      var many = new TimerLoad("000b", burst, first.plusSeconds(20), Duration.ZERO);
      var load = new TimerLoad("000a", spread, first, APART);
      contender.schedule(many);
      contender.schedule(load);
      measureSpread("punctual, burst amid", contender, load);
      awaitFired(contender.jdbc(), many);
    }
  }

  /** (e) One of two workers is killed in the middle. */
  void spreadWithKill(PunctualTimers contender) throws IOException {
    say("%,d over %d s, one of two workers killed".formatted(spread, spreadSeconds()));
    try (contender) {
      var load = new TimerLoad("000a", spread, soon().plusSeconds(10), APART);
      contender.schedule(load);
      contender.start();
      contender.start();
      Waiting.until(load.first().plusSeconds(20));
      contender.process(0).kill();
      awaitFired(contender.jdbc(), load);
      report.spread("punctual, one killed", FiredFigures.of(contender.jdbc(), load), spread);
    }
  }

  private long spreadSeconds() {
    return APART.multipliedBy(spread).toSeconds();
  }

  private static void awaitFired(JdbcClient jdbc, TimerLoad load) {
    Waiting.until(load.last());
    Waiting.until(
        () ->
            jdbc.sql("SELECT count(*) FROM notifications WHERE task_id LIKE :ids")
                    .param("ids", "01900000-0000-7000-" + load.prefix() + "-%")
                    .query(Long.class)
                    .single()
                >= load.count(),
        PATIENCE);
  }

  private static void say(String what) {
    System.err.println(what);
  }
}
