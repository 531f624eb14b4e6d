package dev.punctual.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.id.Slot;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

class VerifyIT {

  private final DataSource database = ScratchServer.databaseAtHead();

  @Test
  void a_database_as_the_chain_makes_it_is_clean_also_with_data_and_tables_of_others() {
    var jdbc = JdbcClient.create(database);
    SampleRows.insertAt5(database);
    jdbc.sql("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)").update();

    assertThat(Verification.of(database).differences()).isEmpty();
  }

  @Test
  void what_is_not_applied_yet_is_a_difference() {
    var last = Chain.versions().lower(Chain.head()).getVersion();

    assertThat(Verification.of(ScratchServer.databaseAt(last)).differences())
        .singleElement()
        .asString()
        .startsWith("history " + Chain.head() + " ")
        .endsWith(": is not applied yet. Run \"schema migrate\".");
  }

  @Test
  void timers_are_compared_with_what_they_stand_for() {
    var jdbc = JdbcClient.create(database);
    SampleRows.insertAt5(database);
    jdbc.sql(
            """
            UPDATE tasks SET remind_at = CASE id WHEN 'open' THEN timestamptz '2099-01-01T10:00Z'
              ELSE '2020-01-01T10:00Z' END
            """)
        .update();
    assertThat(Verification.of(database).differences())
        .singleElement()
        .hasToString(
            "timer reminder open: is missing, it is due at 2099-01-01T10:00Z. INSERT INTO timers (kind, id, slot, fire_at) VALUES ('reminder', 'open', %d, '2099-01-01T10:00Z');"
                .formatted(Slot.of("open")));

    timer(jdbc, "open", Slot.of("open"), "2099-01-01T11:00Z");
    assertThat(Verification.of(database).differences())
        .singleElement()
        .extracting(Difference::problem)
        .isEqualTo("is set to 2099-01-01T11:00Z, should be 2099-01-01T10:00Z");

    timer(jdbc, "open", (Slot.of("open") + 1) % 64, "2099-01-01T10:00Z");
    assertThat(Verification.of(database).differences())
        .singleElement()
        .extracting(Difference::problem)
        .asString()
        .contains("is in slot");

    timer(jdbc, "open", Slot.of("open"), "2099-01-01T10:00Z");
    timer(jdbc, "gone", Slot.of("gone"), "2099-01-01T10:00Z");
    assertThat(Verification.of(database).differences())
        .singleElement()
        .extracting(Difference::remedy)
        .isEqualTo("DELETE FROM timers WHERE kind = 'reminder' AND id = 'gone';");
  }

  @Test
  void the_timer_of_several_reminders_is_the_next_or_one_that_is_overdue() {
    var jdbc = JdbcClient.create(database);
    SampleRows.insertAt5(database);
    jdbc.sql(
            """
            UPDATE tasks SET remind_at = '2020-01-01T10:00Z', reminders =
              '[{"at": "2099-01-02T10:00Z"}, {"at": "2020-01-01T10:00Z"}, {"at": "2099-01-01T10:00Z"}]'
            WHERE id = 'open'
            """)
        .update();
    assertThat(Verification.of(database).differences())
        .singleElement()
        .extracting(Difference::problem)
        .isEqualTo("is missing, it is due at 2099-01-01T10:00Z");

    timer(jdbc, "open", Slot.of("open"), "2099-01-02T10:00Z");
    assertThat(Verification.of(database).differences()).hasSize(1);

    timer(jdbc, "open", Slot.of("open"), "2099-01-01T10:00Z");
    assertThat(Verification.of(database).differences()).isEmpty();
    timer(jdbc, "open", Slot.of("open"), "2020-01-01T10:00Z");
    assertThat(Verification.of(database).differences()).isEmpty();
    timer(jdbc, "open", Slot.of("open"), "2020-01-01T11:00Z");
    assertThat(Verification.of(database).differences()).hasSize(1);
  }

  @Test
  void what_a_service_without_timers_wrote_is_mended_but_nothing_past_is_armed() {
    SampleRows.insertAt5(database);
    SampleRows.insertAt11(database);
    var jdbc = JdbcClient.create(database);
    jdbc.sql("INSERT INTO timers_parked VALUES ('template', 'past', 0, now(), now(), 'broken')")
        .update();
    timer(jdbc, "gone", Slot.of("gone"), "2099-01-01T10:00Z");
    assertThat(Shell.on(database).type("verify").status()).isEqualTo(1);

    var mended = Shell.on(database).type("verify --mend");

    assertThat(mended.status()).as(mended.out()).isZero();
    assertThat(mended.out()).contains("Timers that were mended: 3.");
    assertThat(
            jdbc.sql(
                    "SELECT concat_ws(' ', kind, id, slot, fire_at AT TIME ZONE 'UTC') FROM timers ORDER BY kind")
                .query(String.class)
                .list())
        .containsExactly(
            "reminder open " + Slot.of("open") + " 2099-01-01 10:00:00",
            "template future " + Slot.of("future") + " 2099-01-01 09:00:00");

    jdbc.sql("UPDATE tasks SET remind_at = '2099-02-01T10:00Z' WHERE id = 'open'").update();
    assertThat(Shell.on(database).type("verify --mend").out()).contains("mended: 1.");
    assertThat(Shell.on(database).type("verify --mend --json").out()).contains("\"mended\" : 0");
  }

  @Test
  void a_timer_whose_instant_was_moved_into_the_past_is_deleted_and_never_fires() {
    SampleRows.insertAt5(database);
    SampleRows.insertAt11(database);
    var jdbc = JdbcClient.create(database);
    timer(jdbc, "open", Slot.of("open"), "2099-01-01T10:00Z");
    jdbc.sql("UPDATE tasks SET remind_at = '2020-01-01T10:00Z'").update();
    jdbc.sql("DELETE FROM recurring_tasks").update();

    assertThat(Verification.of(database).differences())
        .singleElement()
        .hasToString(
            "timer reminder open: is set to 2099-01-01T10:00Z, should have been 2020-01-01T10:00Z, which has passed. DELETE FROM timers WHERE kind = 'reminder' AND id = 'open';");
    assertThat(Shell.on(database).type("verify --mend").out()).contains("mended: 1.");
    assertThat(jdbc.sql("SELECT count(*) FROM timers").query(Long.class).single()).isZero();
  }

  @Test
  void a_wrong_slot_and_an_id_with_a_quote_are_mended_too() {
    SampleRows.insertAt5(database);
    var jdbc = JdbcClient.create(database);
    jdbc.sql("UPDATE tasks SET id = 'it''s', remind_at = '2099-01-01T10:00Z' WHERE id = 'open'")
        .update();
    jdbc.sql("UPDATE tasks SET remind_at = '2099-01-01T10:00Z' WHERE id = 'bobs'").update();
    timer(jdbc, "bobs", (Slot.of("bobs") + 1) % 64, "2099-01-01T10:00Z");
    assertThat(Verification.of(database).differences())
        .extracting(Difference::remedy)
        .anyMatch(remedy -> remedy.contains("'it''s'"));

    var mended = Shell.on(database).type("verify --mend");

    assertThat(mended.status()).as(mended.out()).isZero();
    assertThat(mended.out()).contains("mended: 2.");
  }

  @Test
  void an_active_template_that_nothing_will_spawn_is_named_but_not_one_that_is_parked() {
    SampleRows.insertAt5(database);
    SampleRows.insertAt11(database);
    var jdbc = JdbcClient.create(database);
    jdbc.sql("UPDATE tasks SET remind_at = NULL").update();
    timer(jdbc, "template", "future", Slot.of("future"), "2099-01-01T09:00Z");

    assertThat(Verification.of(database).differences())
        .singleElement()
        .hasToString(
            "template past: is active and was due at 2020-01-01T09:00Z, but no timer will spawn it. Pause and resume it: POST /api/recurring-tasks/past/pause, then …/resume.");

    jdbc.sql("INSERT INTO timers_parked VALUES ('template', 'past', 0, now(), now(), 'broken')")
        .update();
    assertThat(Verification.of(database).differences()).isEmpty();
  }

  @Test
  void without_a_column_that_the_timers_need_they_are_not_compared_and_it_says_so() {
    new JdbcTemplate(database).execute("DROP TABLE timers; ALTER TABLE tasks ADD COLUMN note text");

    var verified = Shell.on(database).type("verify");
    assertThat(verified.err()).isEmpty();
    assertThat(verified.out())
        .contains("table timers", "column tasks.note")
        .contains("The timers were not compared: that takes timers.kind, timers.id, ");
    assertThat(Shell.on(database).type("verify --mend").err())
        .startsWith("The timers cannot be mended without timers.kind");
  }

  @Test
  void a_column_that_the_timers_do_not_need_is_no_reason_not_to_compare_them() {
    var jdbc = JdbcClient.create(database);
    jdbc.sql("ALTER TABLE tasks ADD COLUMN note text").update();
    timer(jdbc, "gone", Slot.of("gone"), "2099-01-01T10:00Z");

    assertThat(Verification.of(database).differences())
        .extracting(Difference::what)
        .containsExactly("column tasks.note", "timer reminder gone");
  }

  @Test
  void tables_that_are_missing_are_made_again_by_the_way_that_the_remedies_say() {
    new JdbcTemplate(database)
        .execute(
            """
            DROP TABLE recurring_task_tags, outbox, outbox_parked, timers, timers_parked, occurrences, notifications,
              idempotency_keys, owed_successors, zone_rules
            """);
    var remedies =
        Verification.of(database).differences().stream().map(Difference::remedy).toList();
    assertThat(remedies)
        .hasSize(10)
        .allMatch(remedy -> remedy.contains("make it again, empty"))
        .anyMatch(remedy -> remedy.contains("\"schema rollback --to 15\" and \"schema migrate\""));

    var rollback = Shell.on(database).type("rollback --yes --to 15");
    assertThat(rollback.status()).as(rollback.err()).isZero();
    assertThat(Shell.on(database).type("migrate").status()).isZero();

    assertThat(Verification.of(database).differences()).isEmpty();
  }

  @Test
  void timers_of_a_newer_database_are_left_alone() {
    JdbcClient.create(database)
        .sql(
            """
            INSERT INTO flyway_schema_history
              (installed_rank, version, description, type, script, installed_by, execution_time, success)
            VALUES (999, '999', 'of the future', 'SQL', 'V999__of_the_future.sql', 'test', 0, true)
            """)
        .update();

    assertThat(Shell.on(database).type("verify --mend").err())
        .startsWith("The database stands at version 999, newer than the " + Chain.head());
  }

  private static void timer(JdbcClient jdbc, String id, int slot, String fireAt) {
    timer(jdbc, "reminder", id, slot, fireAt);
  }

  private static void timer(JdbcClient jdbc, String kind, String id, int slot, String fireAt) {
    jdbc.sql(
            """
            INSERT INTO timers VALUES (:kind, :id, :slot, :at::timestamptz)
            ON CONFLICT (kind, id) DO UPDATE SET slot = EXCLUDED.slot, fire_at = EXCLUDED.fire_at
            """)
        .param("kind", kind)
        .param("id", id)
        .param("slot", slot)
        .param("at", fireAt)
        .update();
  }
}
