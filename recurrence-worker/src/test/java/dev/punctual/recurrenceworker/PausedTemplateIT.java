package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A daily template of nine o'clock that was paused, some of it before anybody came round to it. */
class PausedTemplateIT {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Spawning spawning = new Spawning();
  private final Given given = spawning.given;

  @Test
  void what_was_due_before_the_pause_is_made_up_and_what_fell_into_it_is_not() {
    String id = pausedAt(NINE.plus(Duration.ofHours(25)), Map.of("catch_up", "all"));

    spawning.fire(TEMPLATE, NINE.plus(DAY.multipliedBy(4)));

    assertThat(spawning.ledger(id))
        .containsExactly("2026-11-02 09:00 spawned", "2026-11-03 09:00 spawned");
    assertThat(spawning.due(TEMPLATE, NINE.plus(DAY.multipliedBy(99)))).isEmpty();
    assertThat(
            spawning.texts(
                """
                SELECT concat_ws(' ', is_active, ended_at, next_due_at AT TIME ZONE 'UTC')
                FROM recurring_tasks
                """))
        .containsExactly("f 2026-11-04 09:00:00");
    assertThat(
            spawning.texts(
                """
                SELECT payload::jsonb #>> '{recurring_task,is_active}' FROM outbox
                WHERE type = 'recurring_task.updated'
                """))
        .containsExactly("false");
  }

  @Test
  void catch_up_decides_about_what_was_due_before_the_pause() {
    String id = pausedAt(NINE.plus(Duration.ofHours(25)), Map.of("catch_up", "latest"));

    spawning.fire(TEMPLATE, NINE.plus(DAY.multipliedBy(4)));

    assertThat(spawning.ledger(id))
        .containsExactly("2026-11-02 09:00 missed", "2026-11-03 09:00 spawned");
  }

  @Test
  void one_that_is_resumed_makes_nothing_up() {
    String id = pausedAt(NINE, Map.of());
    spawning.jdbc.sql("DELETE FROM timers").update();
    Instant resumed = NINE.plus(DAY.multipliedBy(3));
    given.set("recurring_tasks", id, "is_active", true);
    given.nextDue(id, resumed);

    spawning.fire(TEMPLATE, resumed);

    assertThat(spawning.ledger(id)).containsExactly("2026-11-05 09:00 spawned");
  }

  @Test
  void one_that_ends_with_what_it_owed_has_ended() {
    String id =
        pausedAt(NINE, Map.of("recurrence_rule", "{\"frequency\": \"daily\", \"count\": 1}"));

    spawning.fire(TEMPLATE, NINE.plus(DAY));

    assertThat(spawning.ledger(id)).containsExactly("2026-11-02 09:00 spawned");
    assertThat(
            spawning.texts(
                "SELECT payload::jsonb ->> 'changed' FROM outbox WHERE type = 'recurring_task.ended'"))
        .containsExactly("[\"ended_at\"]");
  }

  private String pausedAt(Instant pause, Map<String, Object> columns) {
    Map<String, Object> all =
        new HashMap<>(Map.of("is_active", false, "start_at", "2026-11-02T09:00:00"));
    all.putAll(columns);
    String id = given.template(given.user("UTC"), "{\"frequency\": \"daily\"}", NINE, all);
    given.timer(TEMPLATE, id, pause);
    return id;
  }
}
