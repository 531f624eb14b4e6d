package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.TEMPLATE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates of nine o'clock in Berlin, some of them stored while its clock was thought another. */
class NewZoneRulesIT {

  private static final String DAILY = "{\"frequency\": \"daily\"}";
  private static final Instant EIGHT = Instant.parse("2026-11-02T08:00:00Z"); // nine in Berlin

  private final Spawning spawning = new Spawning();
  private final Given given = spawning.given;
  private final String alice = given.user("Europe/Berlin");

  @BeforeEach
  void nothing_is_known_of_any_rules() {
    spawning.jdbc.sql("DELETE FROM zone_rules").update();
  }

  @Test
  void a_template_moves_to_what_its_local_time_is_now_with_its_timer_and_an_event() {
    String early = template(EIGHT.minusSeconds(3600), Map.of("lead_time_seconds", 600));
    String late = template(EIGHT.plusSeconds(3600), Map.of());
    String right = template(EIGHT, Map.of());

    assertThat(spawning.zoneRules.runOnce("2026b")).isEqualTo(2);

    assertThat(
            spawning.texts(
                "SELECT DISTINCT (next_due_at AT TIME ZONE 'UTC')::text FROM recurring_tasks"))
        .containsExactly("2026-11-02 08:00:00");
    assertThat(spawning.due(TEMPLATE, EIGHT.minusSeconds(600))).containsExactly(early);
    assertThat(spawning.due(TEMPLATE, EIGHT)).containsExactlyInAnyOrder(early, late, right);
    assertThat(
            spawning.texts(
                """
                SELECT concat_ws(' ', type, payload::jsonb -> 'version', payload::jsonb -> 'changed') FROM outbox
                WHERE topic = 'task-events' AND key = ?
                """,
                early))
        .containsExactly("recurring_task.updated 2 [\"next_due_at\"]");
    assertThat(
            spawning.texts(
                "SELECT type FROM outbox WHERE topic = 'task-events' AND key = ?", right))
        .isEmpty();
    assertThat(spawning.fire(TEMPLATE, EIGHT)).isEqualTo(3);
    assertThat(spawning.dueDates(early)).containsExactly("2026-11-02 08:00");
  }

  @Test
  void it_is_done_again_since_a_worker_with_older_rules_may_have_been_at_work_meanwhile() {
    assertThat(spawning.zoneRules.runOnce("2026b")).isZero();
    template(EIGHT.plusSeconds(3600), Map.of());

    assertThat(spawning.zoneRules.runOnce("2026a")).isZero();
    assertThat(spawning.zoneRules.runOnce("2026b")).isEqualTo(1);
    assertThat(spawning.zoneRules.runOnce("2026b")).isZero();
    assertThat(spawning.zoneRules.runOnce("2027a")).isZero();
    assertThat(spawning.texts("SELECT version FROM zone_rules ORDER BY version"))
        .containsExactly("2026b", "2027a");
  }

  @Test
  void a_template_that_somebody_holds_is_waited_for_and_judged_as_it_is_then() {
    String id = template(EIGHT.plusSeconds(3600), Map.of());
    CompletableFuture<Integer> moved =
        requireNonNull(
            spawning
                .database
                .transactions()
                .execute(
                    status -> {
                      given.set("recurring_tasks", id, "next_due_at", EIGHT);
                      var waiting =
                          CompletableFuture.supplyAsync(() -> spawning.zoneRules.runOnce("2026b"));
                      await().until(() -> isWaiting());
                      return waiting;
                    }));

    assertThat(moved.join()).isZero();
    assertThat(spawning.texts("SELECT version FROM recurring_tasks")).containsExactly("1");
  }

  private boolean isWaiting() {
    return !spawning
        .texts(
            "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
        .isEmpty();
  }

  @Test
  void a_template_that_fires_too_early_says_so_in_the_zone_of_its_rule() {
    String rule = "{\"frequency\": \"daily\", \"time_zone\": \"Europe/Berlin\"}";
    String id =
        given.template(
            given.user("UTC"),
            rule,
            EIGHT.minusSeconds(3600),
            Map.of("start_at", "2026-10-01T09:00:00"));

    spawning.fire(TEMPLATE, EIGHT.minusSeconds(3600));

    assertThat(spawning.due(TEMPLATE, EIGHT)).containsExactly(id);
    assertThat(
            spawning.texts(
                "SELECT payload::jsonb #>> '{cause,occurrence,local}' FROM outbox WHERE type = 'recurring_task.updated'"))
        .containsExactly("2026-11-02T08:00:00");
  }

  @Test
  void a_paused_template_moves_without_a_timer_and_an_ended_one_stays() {
    String paused = template(EIGHT.plusSeconds(3600), Map.of("is_active", false));
    String ended =
        template(EIGHT.plusSeconds(3600), Map.of("is_active", false, "ended_at", Given.CREATED));
    spawning.jdbc.sql("DELETE FROM timers").update();

    assertThat(spawning.zoneRules.runOnce("2026b")).isEqualTo(1);

    assertThat(spawning.texts("SELECT version FROM recurring_tasks WHERE id = ?", paused))
        .containsExactly("2");
    assertThat(spawning.texts("SELECT version FROM recurring_tasks WHERE id = ?", ended))
        .containsExactly("1");
    assertThat(spawning.due(TEMPLATE, EIGHT.plusSeconds(9999))).isEmpty();
  }

  @Test
  void an_adopted_template_that_counts_from_its_instant_keeps_it() {
    given.template(alice, DAILY, EIGHT.plusSeconds(3600), Map.of());

    assertThat(spawning.zoneRules.runOnce("2026b")).isZero();
  }

  private String template(Instant nextDueAt, Map<String, Object> columns) {
    Map<String, Object> all = new HashMap<>(columns);
    all.put("start_at", "2026-10-01T09:00:00");
    return given.template(alice, DAILY, nextDueAt, all);
  }
}
