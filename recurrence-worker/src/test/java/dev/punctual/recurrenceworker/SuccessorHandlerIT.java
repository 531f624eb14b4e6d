package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.REMINDER;
import static dev.punctual.timer.TimerKind.SUCCESSOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SuccessorHandlerIT {

  private static final String DAILY = "{\"frequency\": \"daily\"}";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Spawning spawning = new Spawning();
  private final Given given = spawning.given;
  private final String alice = given.user("UTC");

  @Test
  void a_completed_task_is_followed_by_the_next() {
    String first = given.task(alice, DAILY, NINE, Map.of());

    given.completed(first, NINE.plusSeconds(60));
    spawning.fire(SUCCESSOR, NINE.plusSeconds(61));

    assertThat(spawning.dueDates(first)).containsExactly("2026-11-03 09:00");
    assertThat(spawning.due(SUCCESSOR, NINE.plus(DAY))).isEmpty();
    assertThat(
            spawning.texts(
                "SELECT concat_ws(' ', predecessor = series_id, position, state) FROM occurrences"))
        .containsExactly("t 2 spawned");
  }

  @Test
  void the_successor_has_everything_its_predecessor_had() {
    String first =
        given.task(
            alice,
            DAILY,
            NINE,
            Map.of(
                "description",
                "The ferns",
                "priority",
                "high",
                "remind_at",
                NINE.minusSeconds(600)));
    String tag = given.tag(alice, "home");
    given.tagged("task_tags", "task_id", first, tag);

    given.completed(first, NINE);
    spawning.fire(SUCCESSOR, NINE);

    assertThat(
            spawning.texts(
                """
                SELECT concat_ws('|', t.title, t.description, t.priority, t.due_date AT TIME ZONE 'UTC',
                  t.remind_at AT TIME ZONE 'UTC', t.recurrence_rule, t.series_start, t.series_position, tt.tag_id)
                FROM tasks t JOIN task_tags tt ON tt.task_id = t.id
                WHERE t.id <> ? AND t.series_id = ?
                """,
                first,
                first))
        .containsExactly(
            "Water|The ferns|high|2026-11-03 09:00:00|2026-11-03 08:50:00|{\"frequency\": \"daily\"}"
                + "|2026-11-02 09:00:00|2|"
                + tag);
    assertThat(spawning.due(REMINDER, NINE.plus(DAY).minusSeconds(601))).isEmpty();
    assertThat(spawning.due(REMINDER, NINE.plus(DAY).minusSeconds(600))).hasSize(1);
  }

  @Test
  void a_task_that_was_deleted_once_it_was_completed_is_followed_all_the_same() {
    String first = given.task(alice, DAILY, NINE, Map.of("remind_at", NINE.minusSeconds(600)));
    String tag = given.tag(alice, "home");
    given.tagged("task_tags", "task_id", first, tag);
    given.completed(first, NINE);
    given.deletedOwing(first);

    spawning.fire(SUCCESSOR, NINE);

    assertThat(
            spawning.texts(
                """
                SELECT concat_ws('|', t.title, t.due_date AT TIME ZONE 'UTC', t.remind_at AT TIME ZONE 'UTC',
                  t.recurrence_rule, t.series_position, tt.tag_id)
                FROM tasks t JOIN task_tags tt ON tt.task_id = t.id WHERE t.series_id = ?
                """,
                first))
        .containsExactly(
            "Water|2026-11-03 09:00:00|2026-11-03 08:50:00|{\"frequency\": \"daily\"}|2|" + tag);
    assertThat(spawning.texts("SELECT task_id FROM owed_successors")).isEmpty();
  }

  @Test
  void its_event_says_which_occurrence_it_is() {
    String first = given.task(alice, DAILY, NINE, Map.of());
    given.completed(first, NINE);
    spawning.fire(SUCCESSOR, NINE);

    JsonNode created =
        EventJson.MAPPER.readTree(
            spawning.texts("SELECT payload FROM outbox WHERE type = 'task.created'").get(0));
    assertThat(created.at("/cause/occurrence/series_id").asString()).isEqualTo(first);
    assertThat(created.at("/cause/occurrence/local").asString()).isEqualTo("2026-11-03T09:00:00");
    assertThat(created.at("/task/recurrence_rule/frequency").asString()).isEqualTo("daily");
    assertThat(created.at("/task/series_id").asString()).isEqualTo(first);
  }

  @Test
  void what_was_completed_late_goes_on_in_the_future() {
    String first = given.task(alice, DAILY, NINE, Map.of());

    given.completed(first, Instant.parse("2026-11-05T20:00:00Z"));
    spawning.fire(SUCCESSOR, Instant.parse("2026-11-05T20:00:01Z"));

    assertThat(spawning.dueDates(first)).containsExactly("2026-11-06 09:00");
  }

  @Test
  void a_rule_that_catches_up_on_all_goes_on_with_the_next_even_in_the_past() {
    String rule = "{\"frequency\": \"daily\", \"catch_up\": \"all\"}";
    String first = given.task(alice, rule, NINE, Map.of());
    Instant late = Instant.parse("2026-11-05T20:00:00Z");

    completedAndFollowed(completedAndFollowed(first, late), late);

    assertThat(spawning.dueDates(first)).containsExactly("2026-11-03 09:00", "2026-11-04 09:00");
  }

  @Test
  void a_chain_that_moves_west_with_its_user_does_not_have_the_same_day_twice() {
    String traveller = given.user("Europe/Berlin");
    Instant due = Instant.parse("2026-11-02T08:00:00Z");
    String first = given.task(traveller, DAILY, due, Map.of("series_start", "2026-11-02T09:00:00"));
    String second = completedAndFollowed(first, due);
    given.set("users", traveller, "time_zone", "America/New_York");

    completedAndFollowed(second, Instant.parse("2026-11-03T08:00:00Z"));

    // The 3rd at nine was done in Berlin; in New York nine o'clock of the 4th is 14:00 UTC.
    assertThat(spawning.dueDates(first)).containsExactly("2026-11-03 08:00", "2026-11-04 14:00");
  }

  @Test
  void what_was_completed_early_goes_on_after_its_due_date() {
    String first = given.task(alice, DAILY, NINE, Map.of());

    given.completed(first, NINE.minus(DAY.multipliedBy(3)));
    spawning.fire(SUCCESSOR, NINE.minus(DAY.multipliedBy(3)));

    assertThat(spawning.dueDates(first)).containsExactly("2026-11-03 09:00");
  }

  @Test
  void an_occurrence_that_was_moved_to_an_earlier_date_and_done_there_does_not_come_again() {
    String first = given.task(alice, DAILY, NINE, Map.of("series_start", "2026-11-02T09:00:00"));
    String second = completedAndFollowed(first, NINE);
    given.set("tasks", second, "due_date", NINE.plusSeconds(9 * 3600));

    completedAndFollowed(second, NINE.plusSeconds(10 * 3600));

    assertThat(spawning.ledger(first))
        .containsExactly("2026-11-03 09:00 spawned", "2026-11-04 09:00 spawned");
  }

  @Test
  void a_worker_that_was_away_for_days_makes_the_same_successor() {
    String first = given.task(alice, DAILY, NINE, Map.of());

    given.completed(first, NINE);
    spawning.fire(SUCCESSOR, NINE.plus(DAY.multipliedBy(4)));

    assertThat(spawning.dueDates(first)).containsExactly("2026-11-03 09:00");
  }

  @Test
  void three_days_after_i_finish_it_keeps_the_time_of_day() {
    String berliner = given.user("Europe/Berlin");
    String first =
        given.task(
            berliner,
            "{\"frequency\": \"daily\", \"interval\": 3, \"anchor\": \"completion\"}",
            Instant.parse("2026-10-23T07:00:00Z"),
            Map.of());

    given.completed(first, Instant.parse("2026-10-24T22:30:00Z"));
    spawning.fire(SUCCESSOR, Instant.parse("2026-10-24T22:30:01Z"));

    // Completed on the 25th at half past midnight in Berlin, where it is winter from then on.
    assertThat(spawning.dueDates(first)).containsExactly("2026-10-28 08:00");
  }

  @Test
  void a_chain_ends_after_its_count_however_late_it_was_done() {
    String first = given.task(alice, "{\"frequency\": \"daily\", \"count\": 3}", NINE, Map.of());
    Instant at = NINE.plus(DAY.multipliedBy(30));

    for (String next = first; next != null; next = successor(next)) {
      given.completed(next, at);
      at = at.plus(DAY.multipliedBy(30));
      spawning.fire(SUCCESSOR, at);
    }

    assertThat(spawning.dueDates(first)).containsExactly("2026-12-03 09:00", "2027-01-02 09:00");
    assertThat(spawning.due(SUCCESSOR, at)).isEmpty();
  }

  @Test
  void a_chain_from_the_31st_of_january_visits_the_last_day_of_february() {
    Instant january = Instant.parse("2026-01-31T09:00:00Z");
    String first = given.task(alice, "{\"frequency\": \"monthly\"}", january, Map.of());

    String second = completedAndFollowed(first, january);
    completedAndFollowed(second, Instant.parse("2026-02-28T09:00:00Z"));

    assertThat(spawning.dueDates(first)).containsExactly("2026-02-28 09:00", "2026-03-31 09:00");
  }

  @Test
  void a_chain_of_a_thousand_completions_has_a_thousand_and_one_tasks() {
    String first = given.task(alice, DAILY, NINE, Map.of("remind_at", NINE.minusSeconds(600)));
    String task = first;
    for (int day = 0; day < 1_000; day++) {
      task = completedAndFollowed(task, NINE.plus(DAY.multipliedBy(day)));
    }

    assertThat(
            spawning.texts(
                """
                SELECT concat_ws(' ', count(*), count(DISTINCT due_date), max(series_position),
                  max(due_date) AT TIME ZONE 'UTC', count(*) FILTER (WHERE NOT is_complete))
                FROM tasks WHERE series_id = ?
                """,
                first))
        .containsExactly("1001 1001 1001 2029-07-29 09:00:00 1");
  }

  @Test
  void an_adopted_task_without_a_series_begins_one() {
    String first = given.task(alice, DAILY, NINE, Map.of());
    given.set("tasks", first, "series_id", null);
    given.set("tasks", first, "series_position", null);

    given.completed(first, NINE);
    spawning.fire(SUCCESSOR, NINE);

    assertThat(spawning.dueDates(first)).containsExactly("2026-11-03 09:00");
  }

  private String completedAndFollowed(String task, Instant at) {
    given.completed(task, at);
    spawning.fire(SUCCESSOR, at);
    return Objects.requireNonNull(successor(task));
  }

  private @Nullable String successor(String task) {
    return spawning.texts("SELECT task_id FROM occurrences WHERE predecessor = ?", task).stream()
        .findAny()
        .orElse(null);
  }
}
