package dev.punctual.recurrenceworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A daily task of the 2nd of November, completed on the 8th. */
class SuccessorTest {

  @ParameterizedTest(name = "within {0} days: the {1}th")
  @CsvSource({"2, 7", "4, 5", "30, 3"})
  void a_chain_that_catches_up_on_all_leaves_out_nothing_of_the_window_that_is_set(
      int days, int next) {
    var limits = new CatchUpLimits(Duration.ofDays(days), 100, Duration.ofMinutes(5));

    var successor = Successor.of(task(), limits).orElseThrow();

    assertThat(successor.occurrence().local())
        .isEqualTo(LocalDateTime.parse("2026-11-02T09:00").withDayOfMonth(next));
  }

  private static CompletedTask task() {
    return new CompletedTask(
        "plants",
        "alice",
        "Water",
        null,
        "medium",
        Instant.parse("2026-11-02T09:00:00Z"),
        LocalDateTime.parse("2026-11-02T09:00"),
        List.of(),
        EventJson.MAPPER.readTree("{\"frequency\": \"daily\", \"catch_up\": \"all\"}"),
        Instant.parse("2026-11-08T20:00:00Z"),
        ZoneId.of("UTC"),
        "plants",
        LocalDateTime.parse("2026-11-02T09:00"),
        1,
        List.of());
  }
}
