package dev.punctual.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class SchemaCommandIT {

  private final PGSimpleDataSource database = ScratchServer.emptyDatabase();

  @Test
  void an_empty_database_is_migrated_step_by_step_and_info_tells_where_it_stands() {
    assertThat(Shell.on(database).type("info").out())
        .startsWith("The database stands at no version yet, this program needs " + Chain.head());
    assertThat(Shell.on(database).type("migrate --to 11").out())
        .contains("  11  recurring tasks")
        .endsWith("The database stands at version 11 now.\n");
    assertThat(Shell.on(database).type("migrate --json").out())
        .contains("\"version\" : \"" + Chain.head() + "\"", "\"12\"");
    assertThat(Shell.on(database).type("migrate").out())
        .isEqualTo("Nothing to do: the database stands at version %s.\n".formatted(Chain.head()));
    assertThat(Shell.on(database).type("info").out()).contains("   6  priority ", " success ");
    assertThat(Shell.on(database).type("verify").out())
        .isEqualTo(
            "Version %s, %d objects, all as the migrations make them.\n"
                .formatted(Chain.head(), Catalog.expected(Chain.head()).objects().size()));
  }

  @Test
  void verify_prints_one_line_for_each_difference_and_JSON_for_machines() {
    SchemaMigration.migrate(database);
    JdbcClient.create(database).sql("DROP INDEX ix_tasks_due_date").update();

    var people = Shell.on(database).type("verify");
    assertThat(people.status()).isEqualTo(1);
    assertThat(people.out().lines())
        .hasSize(3)
        .contains(
            "index tasks.ix_tasks_due_date  is missing  CREATE INDEX CONCURRENTLY ix_tasks_due_date ON tasks USING btree (due_date);");

    var machine = Shell.on(database).type("verify --json");
    assertThat(machine.status()).isEqualTo(1);
    assertThat(machine.out()).contains("\"what\" : \"index tasks.ix_tasks_due_date\"");
  }

  @Test
  void a_wrong_target_is_refused() {
    assertThat(Shell.on(database).type("migrate --to 99"))
        .isEqualTo(
            failure("There is no version 99: the chain goes from 1 to " + Chain.head() + "."));
    SchemaMigration.migrate(database, "7");
    assertThat(Shell.on(database).type("migrate --to 6").err())
        .contains("run \"schema rollback --to 6\"");
  }

  @Test
  void a_history_that_does_not_match_is_refused() {
    SchemaMigration.migrate(database, "7");
    JdbcClient.create(database)
        .sql("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '6'")
        .update();

    var result = Shell.on(database).type("migrate");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("history 6 priority: was edited after it was applied");
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void a_history_with_a_gap_is_refused_by_name() {
    SchemaMigration.migrate(database, "8");
    var jdbc = JdbcClient.create(database);
    jdbc.sql("DELETE FROM flyway_schema_history WHERE version = '7'").update();

    assertThat(Shell.on(database).type("migrate").err())
        .startsWith(
            "history 7 due dates: is not in the history, although later ones are. If what it makes is there, restore its line");
  }

  @Test
  void a_version_that_this_program_does_not_have_is_refused_by_name() {
    SchemaMigration.migrate(database, "8");
    JdbcClient.create(database)
        .sql(
            "UPDATE flyway_schema_history SET version = '7.5', description = 'mine' WHERE version = '8'")
        .update();

    assertThat(Shell.on(database).type("migrate").err())
        .isEqualTo(
            "history 7.5 mine: is applied, but this program does not have it. Run the program that migrated this database.\n");
  }

  @Test
  void somebody_elses_database_is_not_touched() {
    var jdbc = JdbcClient.create(database);
    jdbc.sql("CREATE TABLE invoices (id bigint)").update();

    assertThat(Shell.on(database).type("migrate"))
        .isEqualTo(
            failure(
                "The database holds something else than Punctual's tables, and no migration history: give Punctual a database, or a schema, of its own."));
  }

  @Test
  void a_role_that_may_create_nothing_is_told_what_it_lacks() {
    createOnlooker(JdbcClient.create(database));

    assertThat(asOnlooker("migrate").err())
        .startsWith("ERROR: permission denied for schema public")
        .endsWith(
            "Run this as the owner of the database, or GRANT USAGE, CREATE ON SCHEMA to this role.\n");
  }

  @Test
  void a_standby_is_named_as_such() {
    var jdbc = JdbcClient.create(database);
    jdbc.sql(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$")
        .update();

    assertThat(Shell.on(database).type("migrate").err())
        .contains(
            "read-only transaction. This server takes no writes: give the --url of the primary.");
  }

  @Test
  void tables_without_a_history_are_not_touched() {
    SchemaMigration.migrate(database, "5");
    JdbcClient.create(database).sql("DROP TABLE flyway_schema_history").update();

    assertThat(Shell.on(database).type("migrate").err())
        .isEqualTo(
            "The database has tables but no migration history. If another tool made them, run \"schema adopt\" first.\n");
    assertThat(Shell.on(database).type("verify").err()).contains("run \"schema adopt\"");
  }

  @Test
  void missing_privileges_are_named() {
    SchemaMigration.migrate(database, "7");
    var jdbc = JdbcClient.create(database);
    createOnlooker(jdbc);
    jdbc.sql("GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA public TO onlooker").update();

    var result = asOnlooker("migrate");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "ERROR: permission denied for table flyway_schema_history. Run this as the owner of the tables.\n");
  }

  @Test
  void rows_that_stand_in_the_way_stop_the_migration_and_once_mended_it_goes_on() {
    SchemaMigration.migrate(database, "11");
    SampleRows.insertAt5(database);
    var jdbc = JdbcClient.create(database);
    jdbc.sql("UPDATE tasks SET recurrence_rule = '{\"every\": \"day\"}' WHERE id = 'open'")
        .update();

    assertThat(Shell.on(database).type("migrate").err())
        .startsWith("ERROR: check constraint \"ck_tasks_recurrence_rule_valid\"")
        .contains("Rows stand in the way");

    jdbc.sql("UPDATE tasks SET recurrence_rule = NULL WHERE id = 'open'").update();
    assertThat(Shell.on(database).type("migrate").status()).isZero();
    assertThat(Shell.on(database).type("verify").status()).isZero();
  }

  @Test
  void a_database_that_cannot_be_reached_is_one_line() {
    var result =
        Shell.run("", "verify", "--url", "jdbc:postgresql://127.0.0.1:1/none", "--user", "x");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .contains("refused", ". Check --url, --user and --password.")
        .doesNotContain("..");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(Shell.run("", "verify", "--url", "mysql:nowhere").err()).contains("is no address");
  }

  @Test
  void the_settings_of_the_service_name_the_database_too() {
    var result =
        Shell.run(
            "",
            "schema",
            "info",
            "--spring.datasource.url=" + database.getURL(),
            "--spring.datasource.username=" + database.getUser(),
            "--spring.datasource.password=" + database.getPassword());

    assertThat(result.status()).isZero();
  }

  private static void createOnlooker(JdbcClient jdbc) {
    jdbc.sql(
            """
            DO $$ BEGIN
              CREATE ROLE onlooker LOGIN PASSWORD 'onlooker';
            EXCEPTION WHEN duplicate_object THEN NULL;
            END $$
            """)
        .update();
  }

  private Shell.Result asOnlooker(String command) {
    return Shell.run(
        "", command, "--url", database.getURL(), "--user=onlooker", "--password=onlooker");
  }

  private static Shell.Result failure(String message) {
    return new Shell.Result(1, "", message + "\n");
  }
}
