package dev.punctual.schema;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

class SchemaMigrationIT {

  private final DataSource database = ScratchServer.emptyDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database);

  @Test
  void an_empty_database_goes_up_to_head_and_a_second_run_changes_nothing() {
    SchemaMigration.migrate(database);
    SchemaMigration.migrate(database);

    assertThat(new History(database).current()).contains(Chain.head());
    assertThat(count("SELECT count(*) FROM flyway_schema_history"))
        .isEqualTo(Chain.versions().size());
    assertThat(count("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).isZero();
    assertThat(count("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")).isZero();
  }

  @Test
  void a_server_that_is_not_there_yet_is_waited_for() {
    var started = new AtomicBoolean();
    var late =
        new AbstractRoutingDataSource() {
          @Override
          protected Object determineCurrentLookupKey() {
            return started.get();
          }
        };
    late.setTargetDataSources(
        Map.of(
            false,
            new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/punctual"),
            true,
            database));
    late.afterPropertiesSet();
    var migration = runAsync(() -> SchemaMigration.migrateWhenReachable(late));
    await().during(Duration.ofMillis(600)).until(() -> !migration.isDone());

    started.set(true);

    migration.join();
    assertThat(new History(database).current()).contains(Chain.head());
  }

  @Test
  void services_that_start_together_migrate_once() {
    CompletableFuture.allOf(
            runAsync(() -> SchemaMigration.migrate(database)),
            runAsync(() -> SchemaMigration.migrate(database)))
        .join();

    assertThat(count("SELECT count(*) FROM flyway_schema_history"))
        .isEqualTo(Chain.versions().size());
  }

  @Test
  void a_lock_that_is_held_is_given_up_and_asked_for_again() throws Exception {
    SchemaMigration.migrate(database, "5");
    CompletableFuture<Void> migration;
    try (var longWriter = database.getConnection();
        var statement = longWriter.createStatement()) {
      longWriter.setAutoCommit(false);
      statement.execute("LOCK TABLE tasks IN ROW EXCLUSIVE MODE");
      migration = runAsync(() -> SchemaMigration.migrate(database, "7"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  count(
                          "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")
                      > 0);
      assertThat(migration).isNotDone();
      longWriter.rollback();
    }
    migration.join();
    assertThat(new History(database).current()).hasToString("Optional[7]");
  }

  @Test
  void two_that_migrate_while_a_lock_is_held_both_succeed() throws Exception {
    SchemaMigration.migrate(database, "5");
    CompletableFuture<Void> both;
    try (var longWriter = database.getConnection();
        var statement = longWriter.createStatement()) {
      longWriter.setAutoCommit(false);
      statement.execute("LOCK TABLE tasks IN ROW EXCLUSIVE MODE");
      both =
          CompletableFuture.allOf(
              runAsync(() -> SchemaMigration.migrate(database, "7")),
              runAsync(() -> SchemaMigration.migrate(database, "7")));
      var failures =
          "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()";
      await().atMost(Duration.ofSeconds(20)).until(() -> count(failures) > 3);
      assertThat(both).isNotDone();
      longWriter.rollback();
    }
    both.join();
    assertThat(new History(database).current()).hasToString("Optional[7]");
  }

  @Test
  void nobody_migrates_or_rolls_back_beside_another() throws Exception {
    SchemaMigration.migrate(database, "7");
    try (var other = database.getConnection();
        var statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + SchemaLock.KEY + ")");
      var migration = runAsync(() -> SchemaMigration.migrate(database, "8"));
      var rollback =
          CompletableFuture.supplyAsync(() -> Shell.on(database).type("rollback --yes --to 6"));
      await().during(Duration.ofSeconds(2)).until(() -> !migration.isDone() && !rollback.isDone());
      assertThat(new History(database).current()).hasToString("Optional[7]");
      statement.execute("SELECT pg_advisory_unlock(" + SchemaLock.KEY + ")");

      // Whoever comes first: the other finds what it did.
      migration.join();
      assertThat(rollback.join().out() + rollback.join().err())
          .containsAnyOf("Undid version 7.", "The database stands at version 8 now, not at 7");
    }
    assertThat(Catalog.read(jdbc)).isEqualTo(Catalog.expected(Chain.version("8")));
  }

  @Test
  void a_timeout_of_statements_does_not_cancel_what_takes_longer() throws Exception {
    SchemaMigration.migrate(database, "6");
    jdbc.sql(
            """
            DO $$ BEGIN
              EXECUTE format('ALTER DATABASE %I SET statement_timeout = 500', current_database());
            END $$
            """)
        .update();
    final CompletableFuture<Void> migration;
    try (var oldSnapshot = database.getConnection();
        var statement = oldSnapshot.createStatement()) {
      // A concurrent index build waits for whoever might still see the table as it was.
      oldSnapshot.setAutoCommit(false);
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("SELECT 1");
      migration = runAsync(() -> SchemaMigration.migrate(database, "7"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> count("SELECT count(*) FROM pg_stat_progress_create_index") > 0);
      await().during(Duration.ofSeconds(1)).until(() -> !migration.isDone());
      oldSnapshot.rollback();
    }
    migration.join();
    assertThat(new History(database).current()).hasToString("Optional[7]");
  }

  @Test
  void a_worker_waits_until_the_schema_is_there() {
    SchemaMigration.migrate(database, "11");
    try (var pool = poolOfOne()) {
      var worker = runAsync(() -> SchemaMigration.awaitRequiredVersion(pool));
      await().during(Duration.ofMillis(1_500)).until(() -> !worker.isDone());

      SchemaMigration.migrate(database);

      await().atMost(Duration.ofSeconds(10)).until(worker::isDone);
      worker.join();
    }
  }

  @Test
  void a_database_newer_than_the_program_is_left_alone() {
    SchemaMigration.migrate(database);
    jdbc.sql(
            """
            INSERT INTO flyway_schema_history
              (installed_rank, version, description, type, script, installed_by, execution_time, success)
            VALUES (999, '999', 'of the future', 'SQL', 'V999__of_the_future.sql', 'test', 0, true)
            """)
        .update();

    assertThatThrownBy(() -> SchemaMigration.migrate(database))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("stands at version 999, newer than the " + Chain.head())
        .hasMessageContaining("run a newer program");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /** Waiting must not use up the connections of the worker that waits. */
  private HikariDataSource poolOfOne() {
    var pool = new HikariDataSource();
    pool.setDataSource(database);
    pool.setMaximumPoolSize(1);
    pool.setConnectionTimeout(1_000);
    return pool;
  }
}
