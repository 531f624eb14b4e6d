package dev.punctual.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class KilledMigrationIT {

  private final DataSource database = ScratchServer.databaseAt("5");
  private final JdbcClient jdbc = JdbcClient.create(database);

  @TempDir Path directory;

  @Test
  void killed_during_an_index_build_it_is_simply_run_again() throws Exception {
    SampleRows.insertAt5(database);
    try (var oldSnapshot = database.getConnection()) {
      // A concurrent index build waits for whoever might still see the table as it was.
      oldSnapshot.setAutoCommit(false);
      oldSnapshot.createStatement().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      oldSnapshot.createStatement().execute("SELECT 1");
      var migration = start();
      await().atMost(Duration.ofSeconds(60)).until(() -> builders() > 0);

      migration.destroyForcibly().waitFor();
      killTheBuildersSession();
      assertThat(invalidIndexes()).isOne();
      assertThat(Verification.of(database).differences())
          .anySatisfy(
              d ->
                  assertThat(d)
                      .hasToString(
                          "history 6 priority: is not applied yet. Run \"schema migrate\"."));
    }

    assertThat(Shell.on(database).type("migrate").status()).isZero();

    assertThat(invalidIndexes()).isZero();
    assertThat(Shell.on(database).type("verify").out()).contains("all as the migrations make them");
  }

  @Test
  void a_connection_that_is_lost_half_way_is_one_line_and_the_same_command_continues()
      throws SQLException {
    try (var oldSnapshot = database.getConnection()) {
      oldSnapshot.setAutoCommit(false);
      oldSnapshot.createStatement().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      oldSnapshot.createStatement().execute("SELECT 1");
      var migration = CompletableFuture.supplyAsync(() -> Shell.on(database).type("migrate"));
      await().atMost(Duration.ofSeconds(60)).until(() -> builders() > 0);
      killTheBuildersSession();

      assertThat(migration.join().status()).isEqualTo(1);
      assertThat(migration.join().err().lines())
          .singleElement()
          .asString()
          .contains("The connection was lost: run the same command again");
    }
    assertThat(Shell.on(database).type("migrate").status()).isZero();
    assertThat(Shell.on(database).type("verify").status()).isZero();
  }

  @Test
  void killed_between_its_batches_the_arming_of_timers_goes_on_and_arms_each_once()
      throws Exception {
    SchemaMigration.migrate(database, "23");
    jdbc.sql("INSERT INTO users (id, email, name) VALUES ('u1', 'a@example.com', 'A')").update();
    jdbc.sql(
            """
            INSERT INTO tasks (id, user_id, title, remind_at)
            SELECT 'task ' || n, 'u1', 'T', timestamptz '2099-01-01' + n * interval '1 minute'
            FROM generate_series(1, 2500) n
            """)
        .update();
    try (var editor = database.getConnection()) {
      editor.setAutoCommit(false);
      editor.createStatement().execute("SELECT FROM tasks WHERE id = 'task 1500' FOR UPDATE");
      var migration = start();
      await().atMost(Duration.ofSeconds(60)).until(() -> timers() == 1_000);

      migration.destroyForcibly().waitFor();
      editor.rollback();
    }
    assertThat(new History(database).current()).hasToString("Optional[23]");

    assertThat(Shell.on(database).type("migrate").status()).isZero();

    assertThat(timers()).isEqualTo(2_500);
    assertThat(Shell.on(database).type("verify").status()).isZero();
  }

  private long timers() {
    return count("SELECT count(*) FROM timers");
  }

  private Process start() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MigrateByCommand.class.getName(), "migrate"));
    command.addAll(Arrays.asList(ScratchServer.coordinates(database)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(new File(directory.toFile(), "migration.log"))
        .start();
  }

  private long builders() {
    return count(
        "SELECT count(*) FROM pg_stat_progress_create_index WHERE datname = current_database()");
  }

  private void killTheBuildersSession() {
    count(
        """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_progress_create_index
        WHERE datname = current_database()
        """);
    await().until(() -> builders() == 0);
  }

  private long invalidIndexes() {
    return count("SELECT count(*) FROM pg_index WHERE NOT indisvalid");
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
