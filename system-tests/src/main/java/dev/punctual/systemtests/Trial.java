package dev.punctual.systemtests;

import dev.punctual.systemtests.Fault.Extent;
import dev.punctual.systemtests.Fault.Report;
import dev.punctual.systemtests.Fault.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** An installation under load, struck by one fault after another and judged after each. */
final class Trial implements AutoCloseable {

  private static final Duration LATEST_REMINDER = Duration.ofSeconds(4);
  private static final Duration REST = Duration.ofSeconds(60);

  private final Installation installation;
  private final Extent extent;
  private final Random random;
  private final Report report;
  private final int writesPerSecond;
  private boolean allGood = true;

  Trial(Installation installation, Extent extent, long seed, int writesPerSecond, Report report) {
    this.installation = installation;
    this.extent = extent;
    this.random = new Random(seed);
    this.writesPerSecond = writesPerSecond;
    this.report = report;
  }

  /**
   * Strikes one fault after another under one load, lets the backlog drain, and asks every checker.
   */
  List<Verdict> run(List<Fault> faults) {
    boolean goodBefore = allGood;
    allGood = false;
    var start = Instant.now();
    var load = new WriteLoad(installation, writesPerSecond, LATEST_REMINDER, random.nextLong());
    try (load) {
      for (var fault : faults) {
        report.line(fault.name() + ": " + fault.description());
        Recurring.create(installation, extent.times(5, 100), random);
        fault.strike(new Scene(installation, load, extent, random, report));
      }
      installation.services().forEach(ServiceProcess::awaitReady);
      Waiting.pause(Duration.ofSeconds(1));
    }
    awaitRest();
    var verdicts = judge(load, start);
    allGood = goodBefore && verdicts.stream().allMatch(Verdict::isGood);
    return verdicts;
  }

  private List<Verdict> judge(WriteLoad load, Instant start) {
    report.line("%d writes, %d sent again".formatted(load.writes(), load.failures()));
    var verdicts =
        List.of(
            new Verdict("answers", load.writes() + " requests", load.unexpected()),
            new TaskEventsChecker(installation).check(),
            new AcknowledgedWritesChecker(installation).check(load.acknowledged()),
            new RemindersChecker(installation).check(start),
            new OccurrencesChecker(installation).check(),
            new DeadLettersChecker(installation).check());
    verdicts.forEach(verdict -> report.line(verdict.toString()));
    return verdicts;
  }

  /**
   * Until every timer set is past and fired, and the outbox has drained: the liveness of it all.
   */
  private void awaitRest() {
    Waiting.until(
        "the timers have fired and the outbox has drained",
        REST,
        () ->
            installation
                    .jdbc()
                    .sql(
                        """
                        SELECT (SELECT count(*) FROM outbox)
                             + (SELECT count(*) FROM timers WHERE fire_at < now() + interval '1 hour')
                        """)
                    .query(Long.class)
                    .single()
                == 0);
  }

  /** Ends the installation; its logs and data stay if anything was wrong. */
  @Override
  public void close() {
    installation.close();
    if (allGood) {
      installation.discard();
    } else {
      report.line("logs and data: " + installation.directory());
    }
  }
}
