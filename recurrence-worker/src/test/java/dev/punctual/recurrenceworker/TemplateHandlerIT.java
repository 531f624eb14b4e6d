package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.REMINDER;
import static dev.punctual.timer.TimerKind.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.event.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TemplateHandlerIT {

  private static final String DAILY = "{\"frequency\": \"daily\"}";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Spawning spawning = new Spawning();
  private final Given given = spawning.given;
  private final String alice = given.user("UTC");

  @Test
  void a_due_template_becomes_a_task_and_waits_for_its_next_occurrence() {
    String id = daily(Map.of());

    assertThat(spawning.fire(TEMPLATE, NINE)).isEqualTo(1);

    assertThat(spawning.dueDates(id)).containsExactly("2026-11-02 09:00");
    assertThat(spawning.ledger(id)).containsExactly("2026-11-02 09:00 spawned");
    assertThat(spawning.due(TEMPLATE, NINE.plus(DAY).minusMillis(1))).isEmpty();
    assertThat(spawning.due(TEMPLATE, NINE.plus(DAY))).containsExactly(id);
    assertThat(
            spawning.texts(
                """
                SELECT concat_ws(' ', version, spawned_count, next_due_at AT TIME ZONE 'UTC', is_active)
                FROM recurring_tasks
                """))
        .containsExactly("2 1 2026-11-03 09:00:00 t");
  }

  @Test
  void nothing_happens_before_its_instant() {
    String id = daily(Map.of());

    assertThat(spawning.fire(TEMPLATE, NINE.minusMillis(1), List.of(id))).isZero();

    assertThat(spawning.dueDates(id)).isEmpty();
  }

  @Test
  void a_task_has_everything_its_template_has() {
    String id =
        daily(
            Map.of(
                "description",
                "The ferns",
                "priority",
                "high",
                "lead_time_seconds",
                3600,
                "remind_before_seconds",
                600));
    String tag = given.tag(alice, "home");
    given.tagged("recurring_task_tags", "recurring_task_id", id, tag);

    spawning.fire(TEMPLATE, NINE.minusSeconds(3600));

    assertThat(
            spawning.texts(
                """
                SELECT concat_ws('|', t.title, t.description, t.priority, t.due_date AT TIME ZONE 'UTC',
                  t.remind_at AT TIME ZONE 'UTC', t.recurring_task_id = t.series_id, t.series_position, tt.tag_id)
                FROM tasks t JOIN task_tags tt ON tt.task_id = t.id
                """))
        .containsExactly("Water|The ferns|high|2026-11-02 09:00:00|2026-11-02 08:50:00|t|1|" + tag);
    assertThat(spawning.due(REMINDER, NINE.minusSeconds(601))).isEmpty();
    assertThat(spawning.due(REMINDER, NINE.minusSeconds(600))).hasSize(1);
  }

  @Test
  void events_carry_the_task_its_occurrence_and_the_template() {
    String id = daily(Map.of());
    given.tagged("recurring_task_tags", "recurring_task_id", id, given.tag(alice, "home"));

    spawning.fire(TEMPLATE, NINE);

    JsonNode created = event("task.created");
    assertThat(created.at("/version").asInt()).isEqualTo(1);
    assertThat(created.at("/cause/occurrence/series_id").asString()).isEqualTo(id);
    assertThat(created.at("/cause/occurrence/local").asString()).isEqualTo("2026-11-02T09:00:00");
    assertThat(created.at("/task/due_date").asString()).isEqualTo("2026-11-02T09:00:00Z");
    assertThat(created.at("/task/recurring_task_id").asString()).isEqualTo(id);
    assertThat(created.at("/task/tags/0/name").asString()).isEqualTo("home");
    JsonNode updated = event("recurring_task.updated");
    assertThat(updated.at("/version").asInt()).isEqualTo(2);
    assertThat(updated.at("/changed").toString()).contains("next_due_at");
    assertThat(updated.at("/recurring_task/next_due_at").asString())
        .isEqualTo("2026-11-03T09:00:00Z");
  }

  @Test
  void an_occurrence_that_fires_again_makes_no_second_task() {
    String id = daily(Map.of());
    spawning.fire(TEMPLATE, NINE);

    given.nextDue(id, NINE);
    spawning.fire(TEMPLATE, NINE);

    assertThat(spawning.dueDates(id)).containsExactly("2026-11-02 09:00");
    assertThat(spawning.texts("SELECT id FROM outbox WHERE type = 'task.created'")).hasSize(1);
  }

  @Test
  void a_spawned_task_that_was_deleted_does_not_come_back() {
    String id = daily(Map.of());
    spawning.fire(TEMPLATE, NINE);
    spawning.jdbc.sql("DELETE FROM tasks").update();

    given.nextDue(id, NINE);
    spawning.fire(TEMPLATE, NINE);

    assertThat(spawning.dueDates(id)).isEmpty();
    assertThat(spawning.ledger(id)).containsExactly("2026-11-02 09:00 spawned");
  }

  @Test
  void a_clock_that_jumps_back_makes_nothing_twice() {
    String id = daily(Map.of());
    spawning.fire(TEMPLATE, NINE);

    assertThat(spawning.fire(TEMPLATE, NINE.minus(Duration.ofHours(2)))).isZero();
    assertThat(spawning.fire(TEMPLATE, NINE)).isZero();
    spawning.fire(TEMPLATE, NINE.plus(DAY));

    assertThat(spawning.dueDates(id)).containsExactly("2026-11-02 09:00", "2026-11-03 09:00");
  }

  @Test
  void a_timer_that_came_too_early_is_set_again() {
    String id = daily(Map.of("start_at", "2026-11-02T09:00:00"));
    given.timer(TEMPLATE, id, NINE.minusSeconds(60));

    spawning.fire(TEMPLATE, NINE.minusSeconds(60));

    assertThat(spawning.dueDates(id)).isEmpty();
    assertThat(spawning.due(TEMPLATE, NINE)).containsExactly(id);
    assertThat(spawning.texts("SELECT version FROM recurring_tasks")).containsExactly("1");
  }

  @Test
  void a_template_ends_after_its_count() {
    String id = given.template(alice, "{\"frequency\": \"daily\", \"count\": 2}", NINE, Map.of());

    spawning.fire(TEMPLATE, NINE);
    spawning.fire(TEMPLATE, NINE.plus(DAY));

    assertThat(spawning.dueDates(id)).hasSize(2);
    assertThat(spawning.due(TEMPLATE, NINE.plus(DAY.multipliedBy(10)))).isEmpty();
    assertThat(
            spawning.texts(
                """
                SELECT concat_ws(' ', is_active, ended_at AT TIME ZONE 'UTC', next_due_at AT TIME ZONE 'UTC')
                FROM recurring_tasks
                """))
        .containsExactly("f 2026-11-03 09:00:00 2026-11-03 09:00:00");
    assertThat(
            spawning.texts(
                "SELECT type FROM outbox WHERE type LIKE 'recurring_task.%' ORDER BY id"))
        .containsExactly("recurring_task.updated", "recurring_task.ended");
    assertThat(event("recurring_task.ended").at("/recurring_task/is_active").asBoolean()).isFalse();
  }

  @Test
  void a_template_ends_after_its_end_date() {
    String id =
        given.template(
            alice, "{\"frequency\": \"daily\", \"end_date\": \"2026-11-02\"}", NINE, Map.of());

    spawning.fire(TEMPLATE, NINE);

    assertThat(spawning.dueDates(id)).hasSize(1);
    assertThat(spawning.texts("SELECT is_active FROM recurring_tasks")).containsExactly("f");
  }

  @Test
  void the_last_day_of_a_month_comes_back_after_february() {
    Instant january = Instant.parse("2026-01-31T09:00:00Z");
    String id = given.template(alice, "{\"frequency\": \"monthly\"}", january, Map.of());

    spawning.fire(TEMPLATE, january);
    spawning.fire(TEMPLATE, Instant.parse("2026-02-28T09:00:00Z"));
    spawning.fire(TEMPLATE, Instant.parse("2026-03-31T09:00:00Z"));

    assertThat(spawning.dueDates(id))
        .containsExactly("2026-01-31 09:00", "2026-02-28 09:00", "2026-03-31 09:00");
  }

  @Test
  void the_timer_of_a_deleted_template_is_cleared_away() {
    daily(Map.of());
    spawning.jdbc.sql("DELETE FROM recurring_tasks").update();

    assertThat(spawning.fire(TEMPLATE, NINE)).isEqualTo(1);
    assertThat(spawning.due(TEMPLATE, NINE)).isEmpty();
  }

  @Test
  void a_template_without_a_zone_follows_its_user() {
    String id = daily(Map.of("start_at", "2026-11-02T09:00:00"));
    spawning.fire(TEMPLATE, NINE);

    given.set("users", alice, "time_zone", "Europe/Berlin");
    given.nextDue(id, Instant.parse("2026-11-03T08:00:00Z"));
    spawning.fire(TEMPLATE, Instant.parse("2026-11-03T08:00:00Z"));

    assertThat(spawning.ledger(id))
        .containsExactly("2026-11-02 09:00 spawned", "2026-11-03 09:00 spawned");
    assertThat(spawning.dueDates(id)).containsExactly("2026-11-02 09:00", "2026-11-03 08:00");
  }

  @Test
  void a_user_who_moves_west_does_not_get_the_same_day_twice() {
    String id = daily(Map.of("start_at", "2026-11-02T09:00:00"));
    spawning.fire(TEMPLATE, NINE);

    Instant nineInNewYork = Instant.parse("2026-11-02T14:00:00Z");
    given.set("users", alice, "time_zone", "America/New_York");
    given.nextDue(id, nineInNewYork);
    spawning.fire(TEMPLATE, nineInNewYork);

    assertThat(spawning.ledger(id)).containsExactly("2026-11-02 09:00 spawned");
    assertThat(spawning.dueDates(id)).containsExactly("2026-11-02 09:00");
    assertThat(spawning.due(TEMPLATE, nineInNewYork.plus(DAY))).containsExactly(id);
  }

  @Test
  void a_template_with_a_zone_of_its_own_stays_there() {
    String id = daily(Map.of("start_at", "2026-11-02T04:00:00", "time_zone", "America/New_York"));
    given.set("users", alice, "time_zone", "Europe/Berlin");

    spawning.fire(TEMPLATE, NINE);

    assertThat(spawning.ledger(id)).containsExactly("2026-11-02 04:00 spawned");
    assertThat(spawning.dueDates(id)).containsExactly("2026-11-02 09:00");
  }

  @Test
  void a_template_that_cannot_be_read_fails_its_batch_and_says_which_it_is() {
    daily(Map.of());
    String bad =
        given.template(alice, "{\"frequency\": \"daily\", \"interval\": 0}", NINE, Map.of());

    assertThatThrownBy(() -> spawning.fire(TEMPLATE, NINE))
        .hasMessageContaining(bad)
        .hasMessageContaining("interval");

    assertThat(spawning.texts("SELECT id FROM tasks")).isEmpty();
    assertThat(spawning.due(TEMPLATE, NINE)).hasSize(2);
  }

  private String daily(Map<String, Object> columns) {
    return given.template(alice, DAILY, NINE, columns);
  }

  private JsonNode event(String type) {
    return EventJson.MAPPER.readTree(
        spawning.texts("SELECT payload FROM outbox WHERE type = ?", type).get(0));
  }
}
