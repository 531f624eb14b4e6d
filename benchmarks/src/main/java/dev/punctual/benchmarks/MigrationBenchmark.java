package dev.punctual.benchmarks;

import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.schema.SchemaMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * {@code ./bench migrations [--quick]}: from V5 to head with 1,000,000 users and 3,000,000 tasks
 * under a steady load of writes. For each migration: how long it takes, the longest that a write
 * was blocked meanwhile, what it adds in size. Beside it the same writes without a migration (idle)
 * and the same indexes built in the plain way (plain).
 */
public final class MigrationBenchmark {

  private final DataSource dataSource;
  private final JdbcTemplate jdbc;
  private final LargeDatabase database;

  private MigrationBenchmark(DataSource dataSource, int users) {
    this.dataSource = dataSource;
    this.jdbc = new JdbcTemplate(dataSource);
    this.database = new LargeDatabase(dataSource, users);
  }

  public static void main(String[] args) throws IOException, SQLException {
    LoggingSystem.get(MigrationBenchmark.class.getClassLoader())
        .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
    var quick = Arrays.asList(args).contains("--quick");
    var directory = Files.createTempDirectory("punctual-bench");
    try (var server = EmbeddedPostgres.in(directory.resolve("data")).start()) {
      server.createDatabase("bench");
      new MigrationBenchmark(server.dataSource("bench"), quick ? 50_000 : 1_000_000).run(quick);
    } finally {
      FileSystemUtils.deleteRecursively(directory);
    }
  }

  private void run(boolean quick) throws SQLException {
    System.out.printf("%,d users, %,d tasks%n", database.users(), database.tasks());
    database.createAt5();
    var steps = new ArrayList<Step>();
    Step idle;
    try (var writes = new SteadyWrites(dataSource, database.users())) {
      idle(writes, quick);
      idle = idle(writes, quick);
      migrate(6, 11, writes, steps);
    }
    database.useTheUpgrade();
    @Nullable Step plain;
    try (var writes = new SteadyWrites(dataSource, database.users())) {
      idle(writes, quick);
      migrate(12, Integer.parseInt(SchemaMigration.requiredVersion()), writes, steps);
      plain = quick ? null : measure("plain", writes, this::buildAnIndexThePlainWay);
    }
    new MigrationReport(steps, idle, plain).print();
  }

  private void migrate(int from, int to, SteadyWrites writes, List<Step> steps) {
    for (int v = from; v <= to; v++) {
      var version = String.valueOf(v);
      steps.add(measure(version, writes, () -> SchemaMigration.migrate(dataSource, version)));
    }
  }

  /** The floor: the same writes while nothing migrates. */
  private static Step idle(SteadyWrites writes, boolean quick) {
    writes.takeWindow();
    writes.takeControl();
    var started = System.nanoTime();
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(quick ? 3 : 10));
    return Step.of("idle", started, writes, 0);
  }

  private long size() {
    return JdbcClient.create(dataSource)
        .sql("SELECT pg_database_size(current_database())")
        .query(Long.class)
        .single();
  }

  private Step measure(String version, SteadyWrites writes, Runnable migration) {
    var before = size();
    writes.takeWindow();
    writes.takeControl();
    var started = System.nanoTime();
    migration.run();
    return Step.of(version, started, writes, size() - before);
  }

  /** How V6 would build its index without care. */
  private void buildAnIndexThePlainWay() {
    jdbc.execute("CREATE INDEX ix_plain ON tasks (priority)");
  }
}
