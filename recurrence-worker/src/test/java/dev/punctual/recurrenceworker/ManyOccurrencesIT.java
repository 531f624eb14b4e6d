package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates of every minute, which are due very often at once. */
class ManyOccurrencesIT {

  private static final String EVERY_MINUTE = "{\"cron\": \"* * * * *\"}";
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Spawning spawning = new Spawning();
  private final String alice = spawning.given.user("UTC");

  @Test
  void a_transaction_makes_so_many_tasks_and_leaves_the_other_templates_due() {
    for (int i = 0; i < 30; i++) {
      everyMinute(Duration.ofDays(366));
    }

    spawning.fire(TEMPLATE, NINE);

    assertThat(
            spawning.texts(
                "SELECT max(count) FROM (SELECT count(*) FROM tasks GROUP BY series_id)"))
        .containsExactly("100");
    assertThat(spawning.texts("SELECT count(*) FROM tasks"))
        .containsExactly("" + TemplateHandler.MOST_IN_A_TRANSACTION);
    assertThat(spawning.due(TEMPLATE, NINE)).hasSize(30);
    assertThat(
            spawning.texts(
                """
                SELECT count(*) FROM timers t JOIN recurring_tasks r USING (id)
                WHERE t.fire_at <> r.next_due_at - make_interval(secs => r.lead_time_seconds)
                """))
        .containsExactly("0");
  }

  @Test
  void all_of_them_are_made_by_and_by_each_once() {
    String id = everyMinute(Duration.ofMinutes(250));
    String other = everyMinute(Duration.ofMinutes(250));
    int firings = 0;
    while (spawning.fire(TEMPLATE, NINE) > 0) {
      firings++;
    }

    assertThat(firings).isEqualTo(3);
    for (String template : new String[] {id, other}) {
      assertThat(
              spawning.texts(
                  """
                  SELECT concat_ws(' ', count(*), count(DISTINCT due_date), max(series_position),
                                   max(due_date) AT TIME ZONE 'UTC')
                  FROM tasks WHERE series_id = ?
                  """,
                  template))
          .containsExactly("251 251 251 2026-11-02 13:10:00");
    }
  }

  private String everyMinute(Duration leadTime) {
    String id =
        spawning.given.template(
            alice,
            EVERY_MINUTE,
            NINE,
            Map.of("start_at", "2026-11-01T00:00:00", "lead_time_seconds", leadTime.toSeconds()));
    return id;
  }
}
