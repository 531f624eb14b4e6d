package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates that skip while their last task is open. */
class OverlapIT {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Spawning spawning = new Spawning();
  private final String id =
      spawning.given.template(
          spawning.given.user("UTC"),
          "{\"frequency\": \"daily\"}",
          NINE,
          Map.of("overlap", "skip"));

  @Test
  void occurrences_are_skipped_until_the_last_task_is_completed() {
    spawning.fire(TEMPLATE, NINE);
    spawning.fire(TEMPLATE, NINE.plus(DAY));
    spawning.jdbc.sql("UPDATE tasks SET is_complete = true").update();
    spawning.fire(TEMPLATE, NINE.plus(DAY.multipliedBy(2)));

    assertThat(spawning.ledger(id))
        .containsExactly(
            "2026-11-02 09:00 spawned", "2026-11-03 09:00 skipped", "2026-11-04 09:00 spawned");
    assertThat(spawning.dueDates(id)).containsExactly("2026-11-02 09:00", "2026-11-04 09:00");
  }

  @Test
  void a_last_task_that_was_deleted_is_not_open() {
    spawning.fire(TEMPLATE, NINE);
    spawning.jdbc.sql("DELETE FROM tasks").update();
    spawning.fire(TEMPLATE, NINE.plus(DAY));

    assertThat(spawning.dueDates(id)).containsExactly("2026-11-03 09:00");
  }

  @Test
  void an_older_task_that_is_still_open_does_not_count() {
    spawning.fire(TEMPLATE, NINE);
    spawning.given.set("recurring_tasks", id, "overlap", "allow");
    spawning.fire(TEMPLATE, NINE.plus(DAY));
    spawning.given.set("recurring_tasks", id, "overlap", "skip");
    spawning
        .jdbc
        .sql("UPDATE tasks SET is_complete = true WHERE due_date > ?")
        .params(Spawning.utc(NINE))
        .update();
    spawning.fire(TEMPLATE, NINE.plus(DAY.multipliedBy(2)));

    assertThat(spawning.dueDates(id)).hasSize(3);
  }
}
