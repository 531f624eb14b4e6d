package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.REMINDER;
import static dev.punctual.timer.TimerKind.SUCCESSOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuccessorRemindersIT {

  private static final String DAILY = "{\"frequency\": \"daily\"}";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Spawning spawning = new Spawning();
  private final Given given = spawning.given;
  private final String alice = given.user("UTC");

  @Test
  void all_reminders_come_along_and_the_first_that_is_to_come_is_set() {
    String first =
        given.task(
            alice,
            DAILY,
            NINE,
            Map.of(
                "remind_at",
                NINE.minus(Duration.ofDays(3)),
                "reminders",
                """
                [{"at": "2026-10-30T09:00:00Z"}, {"at": "2026-11-02T08:45:00Z", "before": "PT15M"}]
                """));

    given.completed(first, NINE);
    spawning.fire(SUCCESSOR, NINE);

    assertThat(
            spawning.texts(
                "SELECT remind_at AT TIME ZONE 'UTC' || ' ' || reminders FROM tasks WHERE id <> ?",
                first))
        .containsExactly(
            "2026-10-31 09:00:00 [{\"at\": \"2026-10-31T09:00:00Z\"}, {\"at\": \"2026-11-03T08:45:00Z\", \"before\": \"PT15M\"}]");
    assertThat(spawning.due(REMINDER, NINE.plus(DAY).minusSeconds(901))).isEmpty();
    assertThat(spawning.due(REMINDER, NINE.plus(DAY).minusSeconds(900))).hasSize(1);
    var created =
        EventJson.MAPPER.readTree(
            spawning.texts("SELECT payload FROM outbox WHERE type = 'task.created'").get(0));
    assertThat(created.at("/task/reminders").toString())
        .isEqualTo("[{\"at\":\"2026-10-31T09:00:00Z\"},{\"before\":\"PT15M\"}]");
  }

  @Test
  void a_reminder_that_has_passed_does_not_fire() {
    String first =
        given.task(alice, DAILY, NINE, Map.of("remind_at", NINE.minus(Duration.ofDays(3))));

    given.completed(first, NINE);
    spawning.fire(SUCCESSOR, NINE);

    assertThat(
            spawning.texts("SELECT remind_at AT TIME ZONE 'UTC' FROM tasks WHERE id <> ?", first))
        .containsExactly("2026-10-31 09:00:00");
    assertThat(spawning.due(REMINDER, NINE.plus(Duration.ofDays(30)))).isEmpty();
  }
}
