package dev.punctual.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RollbackIT {

  private final PGSimpleDataSource database = ScratchServer.databaseAtHead();
  private final JdbcClient jdbc = JdbcClient.create(database);

  @Test
  void what_an_undo_does_not_own_survives_down_and_up_again() {
    fillEveryTable();
    var before = contents();
    var upgrade = Chain.versions().tailSet(Chain.FOUNDATION, false);
    var rollback = new Rollback(database);

    for (var version : upgrade.descendingSet()) {
      var undo = rollback.plan(Chain.versions().lower(version)).get(0);
      var owned = undo.losses();
      rollback.run(undo);
      var after = contents();
      before.forEach(
          (column, values) -> {
            if (owned.stream().noneMatch(loss -> loss.takes(column))) {
              assertThat(after).as("after the undo of %s", version).containsEntry(column, values);
            }
          });
      before = after;
    }
    assertThat(before).hasSize(8 + 7 + 5 + 7);
    for (var version : upgrade) {
      SchemaMigration.migrate(database, version.getVersion());
      assertThat(contents()).as("after the redo of %s", version).containsAllEntriesOf(before);
    }
    assertThat(Verification.of(database).differences()).isEmpty();
  }

  @Test
  void it_says_what_is_lost_and_asks() {
    fillEveryTable();

    var no = Shell.on(database).answering("no\n").type("rollback --to 18");
    assertThat(no.status()).isEqualTo(1);
    assertThat(no.out())
        .contains("To undo, in this order: %s, ".formatted(Chain.head()))
        .contains(", 25, 24, 23, 22, 21, 20, 19.")
        .contains("           1  rows of the table notifications\n")
        .contains("           1  rows of the table timers_parked\n");
    assertThat(no.err()).isEqualTo("Nothing was undone. With --yes, nobody is asked.\n");
    assertThat(new History(database).current()).contains(Chain.head());

    var yes = Shell.on(database).answering("yes\n").type("rollback --to 18");
    assertThat(yes.status()).isZero();
    assertThat(yes.out()).endsWith("The database stands at version 18 now.\n");
    assertThat(new History(database).current()).hasToString("Optional[18]");
  }

  @Test
  void without_a_target_it_undoes_the_last_version() {
    var result = Shell.on(database).type("rollback --yes");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("No data is lost.", "Undid version %s.".formatted(Chain.head()));
  }

  @Test
  void it_refuses_while_a_service_is_connected_that_needs_the_schema() throws SQLException {
    var service = new PGSimpleDataSource();
    service.setUrl(database.getURL());
    service.setUser(database.getUser());
    service.setPassword(database.getPassword());
    service.setApplicationName(ServiceSessions.name("task-service"));
    try (var connection = service.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();

      var refused = Shell.on(database).type("rollback --to 20 --yes");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err())
          .isEqualTo(
              "Services that need the schema are connected: punctual/%s task-service. Stop them, or use --force.\n"
                  .formatted(Chain.head()));

      assertThat(Shell.on(database).type("rollback --to 20 --yes --force").status()).isZero();
    }
  }

  @Test
  void a_lock_that_is_held_is_waited_for_and_an_undo_happens_as_a_whole() throws SQLException {
    var at18 = ScratchServer.databaseAt("18");
    try (var reader = at18.getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("SELECT FROM outbox");
      var undo = CompletableFuture.supplyAsync(() -> Shell.on(at18).type("rollback --yes --json"));
      await().atMost(Duration.ofSeconds(60)).until(() -> rolledBackTransactions(at18) > 1);
      assertThat(Catalog.read(JdbcClient.create(at18)).hasTable("outbox_parked")).isTrue();
      assertThat(undo).isNotDone();
      reader.rollback();

      assertThat(undo.join().status()).isZero();
      assertThat(undo.join().out()).contains("\"undone\"", "\"18\"");
    }
  }

  @Test
  void what_a_migration_that_was_cut_off_has_made_is_finished_first() {
    var at13 = ScratchServer.databaseAt("13");
    // As V14 leaves it when it is killed after its first statement.
    JdbcClient.create(at13)
        .sql(
            """
            ALTER TABLE tasks ADD COLUMN recurring_task_id text,
              ADD CONSTRAINT fk_tasks_recurring_task_id
                FOREIGN KEY (recurring_task_id) REFERENCES recurring_tasks (id) ON DELETE SET NULL NOT VALID
            """)
        .update();

    assertThat(Shell.on(at13).type("rollback --to 10 --yes").err())
        .isEqualTo(
            "Version 14 was begun and not finished: there is column tasks.recurring_task_id already. Run \"schema migrate --to 14\" first.\n");
    assertThat(Shell.on(at13).type("migrate --to 14").status()).isZero();
    assertThat(Shell.on(at13).type("rollback --to 10 --yes").status()).isZero();
    assertThat(Shell.on(at13).type("migrate").status()).isZero();
    assertThat(Verification.of(at13).differences()).isEmpty();
  }

  @Test
  void what_somebody_else_has_undone_meanwhile_is_not_undone_again() {
    var rollback = new Rollback(database);
    var undos = rollback.plan(Chain.version("26"));
    undos.forEach(rollback::run);

    assertThatThrownBy(() -> rollback.run(undos.get(0)))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("The database stands at version 26 now, not at " + Chain.head());
    assertThat(new History(database).current()).hasToString("Optional[26]");
  }

  @Test
  void timers_of_what_an_undo_takes_away_are_named_and_go_with_it() {
    fillEveryTable();

    var asked = Shell.on(database).answering("no\n").type("rollback --to 25");
    assertThat(asked.out())
        .contains("1  rows of timers where kind = 'successor' AND NOT EXISTS")
        .contains("1  rows of timers where kind = 'reminder' AND fire_at <>")
        .contains("Undo this in the database " + database.getDatabaseName() + " at ");
    assertThat(Shell.on(database).type("rollback --to 25 --yes").status()).isZero();

    assertThat(jdbc.sql("SELECT id FROM timers").query(String.class).list())
        .containsExactly("done");
  }

  @Test
  void below_the_foundation_nothing_is_undone() {
    var result = Shell.on(database).type("rollback --to 4 --yes");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("Version 4 is below 5, on which this database stands");
  }

  private static long rolledBackTransactions(DataSource database) {
    return JdbcClient.create(database)
        .sql("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()")
        .query(Long.class)
        .single();
  }

  private void fillEveryTable() {
    SampleRows.insertAt5(database);
    SampleRows.insertAt11(database);
    SampleRows.insertAtHead(database);
  }

  /** The values of each column, as one text; empty if there is none but null. */
  private Map<String, String> contents() {
    var columns =
        Catalog.read(jdbc).objects().values().stream()
            .filter(object -> object.kind().equals("column"))
            .toList();
    return columns.stream()
        .collect(
            Collectors.toMap(
                column -> column.table() + "." + column.name(),
                column -> values(column.table(), column.name()),
                (a, b) -> a,
                TreeMap::new));
  }

  private String values(String table, String column) {
    return jdbc.sql(
            "SELECT coalesce(string_agg(%1$s::text, '|' ORDER BY %1$s::text), '') FROM %2$s"
                .formatted(column, table))
        .query(String.class)
        .single();
  }
}
