package dev.punctual.taskservice.recurringtask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.EventJson;
import dev.punctual.event.RecurringTask;
import dev.punctual.recurrence.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A daily template of nine o'clock in Berlin, which is 08:00Z, stored while the clock there was
 * thought to be an hour slower: as 09:00Z.
 */
class ScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant EIGHT = Instant.parse("2026-11-02T08:00:00Z");
  private static final Instant BEFORE = EIGHT.minus(Duration.ofHours(3));
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void what_comes_next_and_is_skipped_is_todays_by_the_rules_that_the_zone_has_now() {
    var schedule = schedule(true);

    var next = schedule.upcoming(template(), BERLIN, BEFORE);

    assertThat(next.map(Occurrence::at)).contains(EIGHT);
    assertThat(schedule.skipping(next, template(), BERLIN, BEFORE).nextDueAt())
        .isEqualTo(EIGHT.plus(DAY));
  }

  @Test
  void one_that_is_resumed_in_time_goes_on_today() {
    assertThat(schedule(false).resumed(template(), BERLIN, BEFORE).nextDueAt()).isEqualTo(EIGHT);
    assertThat(schedule(false).resumed(template(), BERLIN, EIGHT).nextDueAt())
        .isEqualTo(EIGHT.plus(DAY));
  }

  @Test
  void one_that_moves_with_its_user_keeps_todays_local_time() {
    assertThat(schedule(true).moved(template(), BERLIN, ZoneId.of("UTC")).nextDueAt())
        .isEqualTo(Instant.parse("2026-11-02T09:00:00Z"));
  }

  @Test
  void one_that_is_paused_owes_something_only_if_its_timer_was_due() {
    var fireAt = EIGHT.minusSeconds(600);
    assertThat(armed(fireAt).pausedAt(fireAt.minusNanos(1000)).armedFor()).isNull();
    assertThat(armed(fireAt).pausedAt(fireAt).armedFor()).isEqualTo(fireAt);
    assertThat(schedule(true).pausedAt(EIGHT.plus(DAY)).armedFor()).isNull();
  }

  private static Schedule armed(Instant fireAt) {
    return Schedule.of(new StoredTemplate(template(), 1, 0, BEFORE), Optional.of(fireAt));
  }

  private static Schedule schedule(boolean isActive) {
    return Schedule.of(new StoredTemplate(template(isActive), 1, 0, BEFORE), Optional.empty());
  }

  private static RecurringTask template() {
    return template(true);
  }

  private static RecurringTask template(boolean isActive) {
    return new RecurringTask(
        "plants",
        "alice",
        "Water",
        null,
        "medium",
        EventJson.MAPPER.readTree("{\"frequency\": \"daily\"}"),
        LocalDateTime.parse("2026-10-01T09:00"),
        EIGHT.plus(Duration.ofHours(1)),
        null,
        "latest",
        "allow",
        Duration.ZERO,
        null,
        isActive,
        null,
        List.of(),
        BEFORE,
        BEFORE);
  }
}
