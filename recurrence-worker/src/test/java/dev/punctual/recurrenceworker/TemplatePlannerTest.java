package dev.punctual.recurrenceworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.EventJson;
import dev.punctual.recurrence.CatchUp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A daily template whose next occurrence is at nine o'clock on the 2nd of November. */
class TemplatePlannerTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final CatchUpLimits LIMITS =
      new CatchUpLimits(Duration.ofDays(7), 3, Duration.ofMinutes(5));

  private final TemplatePlanner planner = new TemplatePlanner(LIMITS);

  @ParameterizedTest(name = "{0} at {1}: missed {2}, spawned {3}, next on the {4}th")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LATEST | 2026-11-02T09:00:00Z |           | 2       | 3
          ALL    | 2026-11-02T09:00:00Z |           | 2       | 3
          NONE   | 2026-11-02T09:00:00Z |           | 2       | 3
          LATEST | 2026-11-02T11:00:00Z |           | 2       | 3
          ALL    | 2026-11-02T11:00:00Z |           | 2       | 3
          NONE   | 2026-11-02T09:05:00Z |           | 2       | 3
          NONE   | 2026-11-02T09:05:01Z | 2         |         | 3
          LATEST | 2026-11-04T11:00:00Z | 2 3       | 4       | 5
          ALL    | 2026-11-04T11:00:00Z |           | 2 3 4   | 5
          NONE   | 2026-11-04T11:00:00Z | 2 3 4     |         | 5
          NONE   | 2026-11-04T09:00:00Z | 2 3       | 4       | 5
          ALL    | 2026-11-06T11:00:00Z | 2 3       | 4 5 6   | 7
          LATEST | 2026-11-02T08:59:59Z |           |         | 2
          """)
  void what_an_outage_leaves_to_be_made_up(
      CatchUp.Policy catchUp, Instant now, String missed, String spawned, int next) {
    TemplatePlan plan = planner.plan(template(catchUp, Overlap.ALLOW, Duration.ZERO), now, false);

    assertThat(days(plan, OccurrenceState.MISSED)).isEqualTo(missed == null ? "" : missed);
    assertThat(days(plan, OccurrenceState.SPAWNED)).isEqualTo(spawned == null ? "" : spawned);
    assertThat(plan.nextDueAt()).isEqualTo(day(next));
    assertThat(plan.ended()).isFalse();
  }

  @Test
  void all_is_made_up_within_the_window_only() {
    var planner =
        new TemplatePlanner(new CatchUpLimits(Duration.ofDays(2), 100, Duration.ofMinutes(5)));

    TemplatePlan plan =
        planner.plan(template(CatchUp.Policy.ALL, Overlap.ALLOW, Duration.ZERO), day(6), false);

    assertThat(days(plan, OccurrenceState.MISSED)).isEqualTo("2 3");
    assertThat(days(plan, OccurrenceState.SPAWNED)).isEqualTo("4 5 6");
  }

  @ParameterizedTest(name = "{0} with the last one open {1}: skipped {2}, spawned {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALLOW | true  |     | 2 3 4
          ALLOW | false |     | 2 3 4
          SKIP  | true  | 2 3 4 |
          SKIP  | false | 3 4 | 2
          """)
  void what_is_open_makes_the_next_ones_be_passed_over(
      Overlap overlap, boolean open, String skipped, String spawned) {
    TemplatePlan plan =
        planner.plan(template(CatchUp.Policy.ALL, overlap, Duration.ZERO), day(4), open);

    assertThat(days(plan, OccurrenceState.SKIPPED)).isEqualTo(skipped == null ? "" : skipped);
    assertThat(days(plan, OccurrenceState.SPAWNED)).isEqualTo(spawned == null ? "" : spawned);
  }

  @Test
  void lead_time_brings_forward_what_is_due_within_it() {
    Template template = template(CatchUp.Policy.NONE, Overlap.ALLOW, Duration.ofDays(3));

    TemplatePlan plan = planner.plan(template, day(2).minus(Duration.ofDays(3)), false);
    assertThat(days(plan, OccurrenceState.SPAWNED)).isEqualTo("2");

    plan = planner.plan(template, day(2).minusSeconds(60), false);
    assertThat(days(plan, OccurrenceState.SPAWNED)).isEqualTo("2 3 4");
    assertThat(plan.nextDueAt()).isEqualTo(day(5));
  }

  @Test
  void minutes_that_passed_for_a_year_cost_next_to_nothing() {
    Template everyMinute =
        template(CatchUp.Policy.LATEST, Overlap.ALLOW, Duration.ZERO, "{\"cron\": \"* * * * *\"}");

    TemplatePlan plan = planner.plan(everyMinute, Instant.parse("2027-11-02T09:00:30Z"), false);

    assertThat(days(plan, OccurrenceState.SPAWNED)).isEqualTo("2");
    assertThat(plan.handled()).hasSizeLessThan(200);
    assertThat(plan.nextDueAt()).isEqualTo(Instant.parse("2027-11-02T09:01:00Z"));
  }

  @ParameterizedTest(name = "stored as {0}, fired at {1}: spawned {2}, next on the {3}th")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-11-03T07:00:00Z | 2026-11-03T07:00:00Z |   | 3
          2026-11-03T07:00:00Z | 2026-11-03T08:00:00Z | 3 | 4
          2026-11-03T09:00:00Z | 2026-11-03T09:00:00Z | 3 | 4
          2026-11-03T08:00:00Z | 2026-11-03T08:00:00Z | 3 | 4
          """)
  void an_instant_of_other_zone_rules_stands_for_its_local_time(
      Instant stored, Instant now, String spawned, int next) {
    Template template =
        template(
            CatchUp.Policy.LATEST,
            Overlap.ALLOW,
            Duration.ZERO,
            "{\"frequency\": \"daily\", \"time_zone\": \"Europe/Berlin\"}",
            stored);

    TemplatePlan plan = planner.plan(template, now, false);

    assertThat(days(plan, OccurrenceState.SPAWNED)).isEqualTo(spawned == null ? "" : spawned);
    assertThat(days(plan, OccurrenceState.MISSED)).isEmpty();
    assertThat(plan.nextDueAt()).isEqualTo(day(next).minus(Duration.ofHours(1)));
  }

  private static Instant day(int ofNovember) {
    return Instant.parse("2026-11-02T09:00:00Z").plus(Duration.ofDays(ofNovember - 2));
  }

  private static String days(TemplatePlan plan, OccurrenceState state) {
    return String.join(
        " ",
        plan.handled().stream()
            .filter(handled -> handled.state() == state)
            .map(handled -> "" + handled.occurrence().local().getDayOfMonth())
            .toList());
  }

  private static Template template(CatchUp.Policy catchUp, Overlap overlap, Duration leadTime) {
    return template(catchUp, overlap, leadTime, "{\"frequency\": \"daily\"}");
  }

  private static Template template(
      CatchUp.Policy catchUp, Overlap overlap, Duration leadTime, String rule) {
    return template(catchUp, overlap, leadTime, rule, day(2));
  }

  private static Template template(
      CatchUp.Policy catchUp, Overlap overlap, Duration leadTime, String rule, Instant nextDueAt) {
    return new Template(
        "plants",
        "alice",
        1,
        "Water",
        null,
        "medium",
        EventJson.MAPPER.readTree(rule),
        LocalDateTime.parse("2026-11-02T09:00"),
        nextDueAt,
        null,
        UTC,
        catchUp,
        overlap,
        leadTime,
        null,
        0,
        true,
        day(1),
        List.of());
  }
}
