package dev.punctual.benchmarks;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.recurrenceworker.RecurrenceWorkerApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;

/**
 * Everybody's 09:00: 100,000 templates are due at the same instant. How long until there are as
 * many tasks, with the events of the tasks and of the templates in the outbox? The floor is bare
 * SQL in one session that writes the same rows. The relay is off on both sides: this is about
 * spawning. PostgreSQL has the durability of production.
 */
public final class SpawnBenchmark {

  private static final int TEMPLATES = 100_000;
  private static final int QUICK = 50_000;
  private static final int WARM_UP = 30_000;

  /** A peer of the relay's, on the same class path, configures itself into any application. */
  private static final String PEERS =
      Stream.of(
              "config.OutboxCoreInfrastructureAutoConfiguration",
              "config.OutboxCoreThreadingAutoConfiguration",
              "config.OutboxCoreProcessingAutoConfiguration",
              "config.OutboxCoreSchedulingAutoConfiguration",
              "config.OutboxCoreMulticasterAutoConfiguration",
              "config.JdbcOutboxAutoConfiguration",
              "config.JdbcOutboxSchemaAutoConfiguration",
              "OutboxJacksonAutoConfiguration")
          .map(name -> "io.namastack.outbox." + name)
          .collect(Collectors.joining(","));

  /** The worker looks for what is near twice a minute. */
  private static final Duration LOADED_WITHIN = Duration.ofSeconds(32);

  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private int databases;

  private SpawnBenchmark(EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    this.postgres = postgres;
    this.kafka = kafka;
  }

  /** Runs it; {@code --quick} takes 50,000 templates and one round instead of three. */
  public static void main(String[] args) throws IOException, SQLException {
    LoggingSystem.get(SpawnBenchmark.class.getClassLoader())
        .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
    boolean quick = List.of(args).contains("--quick");
    Path directory = Files.createTempDirectory("punctual-bench");
    try (var postgres = EmbeddedPostgres.in(directory.resolve("postgres")).start();
        var kafka = EmbeddedKafka.in(directory.resolve("kafka")).start()) {
      new SpawnBenchmark(postgres, kafka).run(quick ? QUICK : TEMPLATES, quick ? 1 : 3);
    } finally {
      FileSystemUtils.deleteRecursively(directory);
    }
  }

  private void run(int templates, int rounds) throws SQLException {
    worker(WARM_UP, Duration.ZERO);
    List<Double> bare = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    System.out.printf("%n%,d templates due at once, seconds until all is committed%n", templates);
    System.out.printf("| round | bare SQL, one session | recurrence-worker | ratio |%n");
    System.out.printf("|---|---:|---:|---:|%n");
    for (int round = 1; round <= rounds; round++) {
      bare.add(bare(templates));
      ours.add(worker(templates, LOADED_WITHIN.plusSeconds(2 + templates / 5_000)));
      ratios.add(ours.get(round - 1) / bare.get(round - 1));
      System.out.printf(
          "| %d | %.2f | %.2f | %.2f |%n",
          round, bare.get(round - 1), ours.get(round - 1), ratios.get(round - 1));
    }
    System.out.printf(
        "| median | %.2f | %.2f | %.2f |%n%n", median(bare), median(ours), median(ratios));
    System.out.printf("ratio recurrence.spawn_vs_bare_sql %.2f%n", median(ratios));
  }

  private double bare(int templates) throws SQLException {
    var due = new DueTemplates(postgres, "spawn" + databases++);
    due.insert(templates);
    due.moveTo(due.now());
    long from = System.nanoTime();
    BareSpawn.run(due.jdbc(), due.transaction());
    double seconds = (System.nanoTime() - from) / 1e9;
    due.verify(templates);
    return seconds;
  }

  /** With templates that are due so long after the worker is ready; at once, they are overdue. */
  private double worker(int templates, Duration ahead) throws SQLException {
    var due = new DueTemplates(postgres, "spawn" + databases++);
    due.insert(templates);
    try (var worker =
        RecurrenceWorkerApplication.builder()
            .run(
                "--spring.datasource.url=" + due.jdbcUrl(),
                "--spring.datasource.username=" + EmbeddedPostgres.USER,
                "--spring.datasource.password=",
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--punctual.outbox.relay=false",
                "--spring.autoconfigure.exclude=" + PEERS,
                "--punctual.topics.prefix=" + "bench" + databases + "-")) {
      Instant at = due.now().plus(ahead);
      due.moveTo(at);
      boolean tooLate = !ahead.isZero() && due.now().isAfter(at.minus(LOADED_WITHIN));
      if (tooLate || !worker.isRunning()) {
        throw new IllegalStateException("This machine is too busy: the templates came too late.");
      }
      double seconds = due.awaitEvents(2 * templates, at);
      due.verify(templates);
      return seconds;
    }
  }

  private static double median(List<Double> values) {
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((sorted.size() - 1) / 2);
  }
}
