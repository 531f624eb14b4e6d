package dev.punctual.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.id.Slot;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AdoptionIT {

  @Test
  void a_database_at_5_is_taken_over_with_its_rows() {
    var database = foreign("5");
    SampleRows.insertAt5(database);

    var adopted = Shell.on(database).type("adopt");
    assertThat(adopted.err()).isEmpty();
    assertThat(adopted.out()).isEqualTo("Adopted at version 5. Now run \"schema migrate\".\n");
    assertThat(Shell.on(database).type("migrate").status()).isZero();

    assertThat(Shell.on(database).type("verify").out()).contains("all as the migrations make them");
    assertThat(count(database, "SELECT count(*) FROM tasks WHERE priority = 'medium'"))
        .isEqualTo(3);
    assertThat(count(database, "SELECT count(*) FROM messages")).isEqualTo(1);
    assertThat(count(database, "SELECT count(*) FROM alembic_version")).isEqualTo(1);
  }

  @Test
  void a_database_at_11_is_taken_over_and_only_future_instants_of_the_living_are_armed() {
    var database = foreign("11");
    SampleRows.insertAt5(database);
    SampleRows.insertAt11(database);

    assertThat(Shell.on(database).type("adopt").out())
        .contains("due before now: 1.", "  past, due 2020-01-01T09:00:00Z: Tax\n")
        .contains("Adopted at version 11.");
    assertThat(Shell.on(database).type("migrate").status()).isZero();

    assertThat(timers(database))
        .containsExactly(
            "reminder open " + Slot.of("open") + " 2099-01-01 10:00:00",
            "template future " + Slot.of("future") + " 2099-01-01 09:00:00");
    assertThat(Verification.of(database).differences())
        .extracting(Difference::what)
        .containsExactly("template past");

    assertThat(Shell.on(database).type("rollback --to 18 --yes").status()).isZero();
    assertThat(Shell.on(database).type("migrate").status()).isZero();
    assertThat(timers(database)).hasSize(2);
    assertThat(Shell.on(database).type("rollback --to 10 --yes").err())
        .startsWith("Version 10 is below 11, on which this database stands");
  }

  @Test
  void names_of_keys_and_their_cascades_are_the_other_tools_own_affair() {
    var database = foreign("5");
    run(
        database,
        "ALTER TABLE tasks DROP CONSTRAINT tasks_user_id_fkey, ADD CONSTRAINT theirs FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE",
        "ALTER TABLE messages RENAME CONSTRAINT messages_conversation_id_fkey TO fk_messages_1",
        "ALTER TABLE tasks RENAME CONSTRAINT tasks_pkey TO pk_tasks");

    assertThat(Shell.on(database).type("adopt").out())
        .contains("Renamed constraint tasks.pk_tasks to tasks_pkey.\n")
        .endsWith("Adopted at version 5. Now run \"schema migrate\".\n");
    assertThat(Shell.on(database).type("migrate").status()).isZero();
    assertThat(Verification.of(database).differences()).isEmpty();
  }

  @Test
  void names_at_11_become_the_chains_so_that_verify_is_clean() {
    var database = foreign("11");
    run(
        database,
        "ALTER TABLE recurring_tasks RENAME CONSTRAINT recurring_tasks_pkey TO pk_recurring_tasks",
        "ALTER TABLE recurring_tasks RENAME CONSTRAINT recurring_tasks_user_id_fkey TO \"FK users\"",
        "ALTER TABLE recurring_tasks RENAME CONSTRAINT ck_recurring_tasks_priority_valid TO priority_valid",
        // As pg_restore makes it of what pg_dump has written.
        "ALTER TABLE tasks DROP CONSTRAINT ck_tasks_priority_valid, ADD CONSTRAINT priority CHECK (((priority)::text = ANY ((ARRAY['low'::character varying, 'medium'::character varying, 'high'::character varying, 'urgent'::character varying])::text[])))",
        "ALTER TABLE task_tags RENAME CONSTRAINT task_tags_tag_id_fkey TO fk_task_tags_tags");

    assertThat(Shell.on(database).type("adopt --json").out())
        .contains("\"adopted\" : true", "\"from\" : \"fk_task_tags_tags\"");
    assertThat(Shell.on(database).type("migrate").status()).isZero();
    assertThat(Verification.of(database).differences()).isEmpty();
  }

  @Test
  void integrity_that_no_later_migration_restores_is_not_taken_silently() {
    var database = foreign("11");
    run(
        database,
        "ALTER TABLE task_tags DROP CONSTRAINT task_tags_tag_id_fkey, ADD CONSTRAINT theirs FOREIGN KEY (tag_id) REFERENCES tags (id)",
        "ALTER TABLE tasks DROP CONSTRAINT ck_tasks_priority_valid",
        "ALTER TABLE tags ADD CONSTRAINT no_spaces CHECK (name NOT LIKE '% %')");

    var refused = Shell.on(database).type("adopt");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out())
        .contains(
            "constraint task_tags.task_tags_tag_id_fkey  is missing",
            "ALTER TABLE task_tags ADD CONSTRAINT task_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags(id) ON DELETE CASCADE NOT VALID;",
            "ALTER TABLE task_tags DROP CONSTRAINT theirs;",
            "constraint tasks.ck_tasks_priority_valid",
            "ALTER TABLE tags DROP CONSTRAINT no_spaces;");
    run(
        database,
        "ALTER TABLE task_tags DROP CONSTRAINT theirs",
        "ALTER TABLE task_tags ADD CONSTRAINT fk_tag FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE",
        "ALTER TABLE tasks ADD CONSTRAINT ck CHECK (priority IN ('low', 'medium', 'high', 'urgent'))",
        "ALTER TABLE tags DROP CONSTRAINT no_spaces");
    assertThat(Shell.on(database).type("adopt").status()).isZero();
    assertThat(Shell.on(database).type("migrate").status()).isZero();
    assertThat(Verification.of(database).differences()).isEmpty();
  }

  @Test
  void a_key_of_a_column_of_theirs_is_left_alone() {
    var database = foreign("5");
    run(
        database,
        "ALTER TABLE tasks ADD COLUMN assignee_id text CONSTRAINT fk_assignee REFERENCES users (id)",
        "ALTER TABLE messages ADD COLUMN to_id text CONSTRAINT fk_to REFERENCES users (id)");

    assertThat(Shell.on(database).type("adopt --accept-differences").status()).isZero();
    assertThat(Shell.on(database).type("migrate").status()).isZero();

    assertThat(Verification.of(database).differences())
        .extracting(Difference::what)
        .containsExactly(
            "column messages.to_id",
            "column tasks.assignee_id",
            "constraint messages.fk_to",
            "constraint tasks.fk_assignee");
  }

  @Test
  void what_works_all_the_same_is_only_a_difference() {
    var database = foreign("11");
    run(
        database,
        "ALTER TABLE messages ALTER COLUMN tool_calls TYPE jsonb USING tool_calls::jsonb",
        "ALTER TABLE tasks ALTER COLUMN due_date TYPE timestamptz(6)",
        "ALTER TABLE task_tags DROP CONSTRAINT task_tags_pkey, ADD CONSTRAINT pk PRIMARY KEY (tag_id, task_id)");

    assertThat(Shell.on(database).type("adopt").out())
        .contains(
            "This differs from version 11:",
            "ALTER TABLE messages ALTER COLUMN tool_calls TYPE json USING tool_calls::json;",
            "ALTER TABLE task_tags DROP CONSTRAINT pk, ADD CONSTRAINT task_tags_pkey PRIMARY KEY USING INDEX task_tags_pkey_new;")
        .doesNotContain("stands in the way");
    assertThat(Shell.on(database).type("adopt --accept-differences").status()).isZero();
    assertThat(Shell.on(database).type("migrate").status()).isZero();
  }

  @Test
  void a_function_that_a_later_version_makes_stands_in_the_way() {
    var database = foreign("5");
    run(
        database,
        "CREATE FUNCTION update_recurring_tasks_updated_at() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");

    assertThat(Shell.on(database).type("adopt --accept-differences").out())
        .contains("function update_recurring_tasks_updated_at  is there already", "Not adopted.");
  }

  @Test
  void a_table_that_is_missing_is_not_to_be_had_by_a_rollback() {
    assertThat(Shell.on(foreign("5")).type("adopt --at 11").out())
        .contains("table recurring_tasks", "If the database stands at the other version")
        .doesNotContain("rollback");
  }

  @Test
  void what_does_not_fit_is_reported_and_nothing_is_written() {
    var database = foreign("5");
    run(database, "DROP INDEX ix_tasks_title", "ALTER TABLE users ALTER COLUMN name TYPE text");

    var refused = Shell.on(database).type("adopt");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out())
        .contains("index tasks.ix_tasks_title", "CREATE INDEX CONCURRENTLY ix_tasks_title")
        .contains(
            "ALTER TABLE users ALTER COLUMN name TYPE character varying(100) USING name::character varying(100);")
        .endsWith(
            "Not adopted. Mend the differences, or take the database as it is with --accept-differences.\n");
    assertThat(new History(database).exists()).isFalse();

    assertThat(Shell.on(database).type("adopt --accept-differences").status()).isZero();
  }

  @Test
  void what_later_migrations_would_stumble_over_stands_in_the_way() {
    var database = foreign("11");
    SampleRows.insertAt5(database);
    run(
        database,
        "UPDATE tasks SET recurrence_rule = '{\"every\": \"day\"}' WHERE id = 'open'",
        "ALTER TABLE tasks DROP COLUMN due_date",
        "CREATE TABLE outbox (id bigint)");

    var refused = Shell.on(database).type("adopt --at 11 --accept-differences");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).contains("column tasks.due_date", "table outbox", "Not adopted.");

    run(database, "ALTER TABLE tasks ADD COLUMN due_date timestamptz", "DROP TABLE outbox");
    assertThat(Shell.on(database).type("adopt --at 11 --accept-differences").out())
        .contains("rows of tasks", "1 have a recurrence_rule without exactly one of");
  }

  @Test
  void a_database_half_way_between_is_not_taken_for_one_at_5() {
    var refused = Shell.on(foreign("7")).type("adopt");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out())
        .contains("column tasks.priority", "is there already, although a later version makes it");
  }

  @Test
  void a_database_with_a_history_is_not_adopted_again() {
    var refused = Shell.on(ScratchServer.databaseAt("11")).type("adopt");

    assertThat(refused.err())
        .isEqualTo(
            "This database already has a migration history: it is adopted. Run \"schema migrate\".\n");
  }

  /** A database as another tool leaves it: the same tables, its own history. */
  private static DataSource foreign(String version) {
    var database = ScratchServer.databaseAt(version);
    run(
        database,
        "DROP TABLE flyway_schema_history",
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
        "INSERT INTO alembic_version VALUES ('011')");
    return database;
  }

  private static void run(DataSource database, String... statements) {
    var jdbc = JdbcClient.create(database);
    List.of(statements).forEach(statement -> jdbc.sql(statement).update());
  }

  private static long count(DataSource database, String sql) {
    return JdbcClient.create(database).sql(sql).query(Long.class).single();
  }

  private static List<String> timers(DataSource database) {
    return JdbcClient.create(database)
        .sql(
            """
            SELECT concat_ws(' ', kind, id, slot, fire_at AT TIME ZONE 'UTC') FROM timers ORDER BY kind, id
            """)
        .query(String.class)
        .list();
  }
}
