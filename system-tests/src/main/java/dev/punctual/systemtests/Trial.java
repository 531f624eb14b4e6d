package dev.punctual.systemtests;

import dev.punctual.event.Topic;
import dev.punctual.event.Topics;
import dev.punctual.systemtests.Fault.Extent;
import dev.punctual.systemtests.Fault.Report;
import dev.punctual.systemtests.Fault.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** An installation under load, struck by one fault after another and judged after each. */
final class Trial {

  private static final Duration LATEST_REMINDER = Duration.ofSeconds(4);
  private static final Duration REST = Duration.ofSeconds(90);

  /** What is due so shortly before the judgement may be under way. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(5);

  /** Where nothing is promised, or a busy machine would break the promise: it must not be never. */
  private static final Duration UNPROMISED = Duration.ofMinutes(2);

  private final Installation installation;
  private final Extent extent;
  private final Random random;
  private final Report report;
  private final int writesPerSecond;
  private final Expectations expectations;
  private boolean allGood = true;

  Trial(Installation installation, Extent extent, long seed, int writesPerSecond, Report report) {
    this.installation = installation;
    this.extent = extent;
    this.random = new Random(seed);
    this.writesPerSecond = writesPerSecond;
    this.report = report;
    this.expectations = new Expectations(extent, report);
  }

  /**
   * Strikes one fault after another under one load, lets the backlog drain, and asks every checker.
   * The logs and data of the installation stay if anything was wrong.
   */
  List<Verdict> run(List<Fault> faults) {
    installation.keep(true);
    var start = Instant.now();
    var load =
        new WriteLoad(
            WriteLoad.Target.of(installation), writesPerSecond, LATEST_REMINDER, random.nextLong());
    var recurring =
        new Recurring(installation, extent.times(1, 4), random.nextLong(), load.tally());
    try (load;
        recurring) {
      for (var fault : faults) {
        report.line(fault.name() + ": " + fault.description());
        fault.strike(new Scene(installation, load, extent, random, expectations, report));
      }
      installation.services().forEach(ServiceProcess::awaitReady);
      Waiting.pause(extent.seconds(1, 5));
    }
    awaitRest();
    report.line("templates and chains: " + recurring.created());
    var verdicts = judge(load, start, latest(faults));
    allGood &= verdicts.stream().allMatch(Verdict::isGood);
    installation.keep(!allGood);
    return verdicts;
  }

  private Duration latest(List<Fault> faults) {
    boolean promised = faults.stream().allMatch(fault -> fault.latest().isPresent());
    return extent == Extent.FULL && promised
        ? faults.stream()
            .flatMap(fault -> fault.latest().stream())
            .max(Comparator.naturalOrder())
            .orElse(UNPROMISED)
        : UNPROMISED;
  }

  private List<Verdict> judge(WriteLoad load, Instant start, Duration latest) {
    var now = Instant.now();
    var tables = new Tables(installation.jdbc());
    var events = Told.on(Topic.TASK_EVENTS.baseName(), installation);
    var rows = tables.rows();
    var deadLetters =
        Stream.of(Topic.values())
            .flatMap(
                topic -> Told.on(topic.baseName() + Topics.DEAD_LETTERS, installation).stream())
            .toList();
    var verdicts =
        List.of(
            load.tally()
                .check(writesPerSecond, extent.times(writesPerSecond / 10, writesPerSecond / 2)),
            new TaskEventsChecker(expectations::mayRepeat).check(events, rows),
            new AcknowledgedWritesChecker().check(load.acknowledged(), events, rows),
            new RemindersChecker(expectations::mayRepeat)
                .check(
                    events,
                    Told.on(Topic.NOTIFICATIONS.baseName(), installation),
                    tables.notifications(),
                    tables.overdue(true),
                    new RemindersChecker.Judged(start, now.minus(UNDER_WAY), latest)),
            new OccurrencesChecker()
                .check(
                    tables.planned(),
                    tables.spawned(),
                    tables.succeeded(now.minus(UNDER_WAY)),
                    tables.overdue(false),
                    now.minus(UNDER_WAY)),
            new DeadLettersChecker()
                .check(deadLetters, tables.parked(), expectations.deadLetters()),
            expectations.check());
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
}
