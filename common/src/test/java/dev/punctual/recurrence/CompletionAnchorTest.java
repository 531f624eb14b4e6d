package dev.punctual.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What follows a completed task in Berlin, in a series that began at 09:00. */
class CompletionAnchorTest {

  @Test
  void three_days_after_i_finish_it_keeps_the_time_of_day_of_the_series() {
    String rule = "{'frequency': 'daily', 'interval': 3, 'anchor': 'completion'}";

    // 23:30Z is 00:30 of the 6th in Berlin.
    assertThat(afterCompletion(rule, "2026-11-02T08:00:00Z", "2026-11-05T23:30:00Z"))
        .isEqualTo("2026-11-09T09:00");
    // Completed before and after the time of day at which the series comes.
    assertThat(afterCompletion(rule, "2026-11-02T08:00:00Z", "2026-11-05T05:00:00Z"))
        .isEqualTo("2026-11-08T09:00");
    assertThat(afterCompletion(rule, "2026-11-02T08:00:00Z", "2026-11-05T20:00:00Z"))
        .isEqualTo("2026-11-08T09:00");
  }

  @Test
  void the_time_of_day_of_a_series_is_that_of_its_rule_if_it_names_one() {
    // The start, 09:00, is none of its times.
    String rule = "{'text': '3 days after completion at 17:00'}";

    assertThat(afterCompletion(rule, "2026-11-02T16:00:00Z", "2026-11-05T09:00:00Z"))
        .isEqualTo("2026-11-08T17:00");
  }

  @Test
  void hours_after_i_finish_it_are_counted_from_that_moment() {
    String rule = "{'text': '2 hours after I finish it'}";

    // Due at 09:00 and completed at 20:00 in Berlin; and the other way about.
    assertThat(afterCompletion(rule, "2026-11-02T08:00:00Z", "2026-11-02T19:00:00.250Z"))
        .isEqualTo("2026-11-02T22:00");
    assertThat(afterCompletion(rule, "2026-11-02T08:00:00Z", "2026-11-03T05:10:30Z"))
        .isEqualTo("2026-11-03T08:10:30");
    assertThat(afterCompletion(rule, "2026-11-03T08:00:00Z", "2026-11-03T05:00:00Z"))
        .isEqualTo("2026-11-03T10:00");
  }

  @Test
  void a_successor_is_due_after_the_completion() {
    String twice = "{'frequency':'daily','times':['09:00','17:00'],'anchor':'completion'}";
    assertThat(afterCompletion(twice, "2026-11-02T08:00:00Z", "2026-11-02T11:00:00Z"))
        .isEqualTo("2026-11-02T17:00");
    assertThat(afterCompletion(twice, "2026-11-02T08:00:00Z", "2026-11-02T17:00:00Z"))
        .isEqualTo("2026-11-03T09:00");

    String quarters = "{'cron': '*/15 * * * *', 'anchor': 'completion'}";
    assertThat(afterCompletion(quarters, "2026-11-02T08:00:00Z", "2026-11-02T19:05:00Z"))
        .isEqualTo("2026-11-02T20:15");
    assertThat(afterCompletion(quarters, "2026-11-02T08:00:00Z", "2026-11-03T05:05:00Z"))
        .isEqualTo("2026-11-03T06:15");
  }

  private static String afterCompletion(String rule, String due, String completed) {
    Instant completedAt = Instant.parse(completed);
    return Spawn.successor(
            Rules.rule(rule),
            Rules.at("2026-11-01T09:00"),
            Rules.BERLIN,
            Instant.parse(due),
            completedAt,
            completedAt,
            1,
            CatchUp.of(CatchUp.Policy.LATEST))
        .orElseThrow()
        .local()
        .toString();
  }
}
