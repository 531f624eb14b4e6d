package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.UTC;
import static dev.punctual.recurrence.Rules.at;
import static dev.punctual.recurrence.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.recurrence.CatchUp.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpawnTest {

  private static final RecurrenceRule DAILY = rule("{'frequency': 'daily'}");
  private static final LocalDateTime START = at("2026-11-01T09:00");
  private static final String BEFORE = "2026-11-01T08:59:59";

  private static Spawn template(String handled, String now, Duration leadTime, Policy catchUp) {
    return Spawn.ofTemplate(
        DAILY, START, UTC, at(handled), Instant.parse(now), leadTime, CatchUp.of(catchUp));
  }

  @Test
  void on_time_every_policy_spawns_the_one_that_is_due() {
    for (Policy policy : Policy.values()) {
      Spawn spawn = template("2026-11-01T09:00", "2026-11-02T09:00:00.020Z", Duration.ZERO, policy);

      assertThat(locals(spawn.due())).containsExactly("2026-11-02T09:00");
      assertThat(spawn.missed()).isEmpty();
      assertThat(local(spawn.next())).isEqualTo("2026-11-03T09:00");
    }
  }

  @Test
  void before_the_first_there_is_nothing_to_spawn_and_something_to_wait_for() {
    Spawn spawn = template(BEFORE, "2026-10-30T00:00:00Z", Duration.ZERO, Policy.LATEST);

    assertThat(spawn.due()).isEmpty();
    assertThat(local(spawn.next())).isEqualTo("2026-11-01T09:00");
  }

  @Test
  void after_an_outage_latest_makes_up_for_one_and_tells_the_others() {
    Spawn spawn =
        template("2026-11-01T09:00", "2026-11-05T12:00:00Z", Duration.ZERO, Policy.LATEST);

    assertThat(locals(spawn.missed()))
        .containsExactly("2026-11-02T09:00", "2026-11-03T09:00", "2026-11-04T09:00");
    assertThat(locals(spawn.due())).containsExactly("2026-11-05T09:00");
    assertThat(local(spawn.next())).isEqualTo("2026-11-06T09:00");
  }

  @Test
  void after_an_outage_none_makes_up_for_nothing() {
    Spawn spawn = template("2026-11-01T09:00", "2026-11-05T12:00:00Z", Duration.ZERO, Policy.NONE);

    assertThat(spawn.due()).isEmpty();
    assertThat(spawn.missed()).hasSize(4);
    assertThat(local(spawn.next())).isEqualTo("2026-11-06T09:00");
  }

  @Test
  void all_makes_up_for_everything_within_the_window() {
    Spawn spawn = template("2026-11-01T09:00", "2026-11-12T12:00:00Z", Duration.ZERO, Policy.ALL);

    assertThat(locals(spawn.due()))
        .startsWith("2026-11-06T09:00")
        .endsWith("2026-11-12T09:00")
        .hasSize(7);
    assertThat(spawn.missed()).hasSize(4);
  }

  @Test
  void all_is_capped_to_the_latest_and_an_outage_of_years_costs_little() {
    Spawn spawn =
        Spawn.ofTemplate(
            rule("{'cron': '* * * * *'}"),
            START,
            UTC,
            START,
            Instant.parse("2029-11-01T09:00:30Z"),
            Duration.ZERO,
            CatchUp.of(Policy.ALL));

    assertThat(spawn.due()).hasSize(100);
    assertThat(locals(spawn.due())).endsWith("2029-11-01T09:00");
    assertThat(spawn.missed()).hasSize(Spawn.MOST_MISSED);
    assertThat(local(spawn.next())).isEqualTo("2029-11-01T09:01");
  }

  @Test
  void with_a_lead_time_whatever_is_still_to_come_is_spawned_whole() {
    Spawn spawn = template(BEFORE, "2026-11-01T10:00:00Z", Duration.ofDays(2), Policy.LATEST);

    assertThat(locals(spawn.due()))
        .containsExactly("2026-11-01T09:00", "2026-11-02T09:00", "2026-11-03T09:00");
    assertThat(local(spawn.next())).isEqualTo("2026-11-04T09:00");
  }

  @Test
  void a_lead_time_over_many_minutes_spawns_no_more_than_a_call_may_and_goes_on_from_there() {
    Spawn spawn =
        Spawn.ofTemplate(
            rule("{'cron': '* * * * *'}"),
            START,
            UTC,
            at(BEFORE),
            Instant.parse("2026-11-01T08:59:30Z"),
            Duration.ofDays(2),
            CatchUp.of(Policy.LATEST));

    assertThat(spawn.due()).hasSize(Occurrences.MOST);
    assertThat(spawn.next().map(Occurrence::at))
        .contains(spawn.due().get(Occurrences.MOST - 1).at().plusSeconds(60));
  }

  @Test
  void what_was_handled_ahead_of_time_is_not_spawned_again() {
    Spawn spawn =
        template("2026-11-03T09:00", "2026-11-01T10:00:00Z", Duration.ofDays(2), Policy.LATEST);

    assertThat(spawn.due()).isEmpty();
    assertThat(local(spawn.next())).isEqualTo("2026-11-04T09:00");
  }

  @Test
  void a_clock_that_jumps_back_spawns_nothing_twice() {
    Spawn spawn = template("2026-11-05T09:00", "2026-11-02T09:00:00Z", Duration.ZERO, Policy.ALL);

    assertThat(spawn.due()).isEmpty();
    assertThat(spawn.missed()).isEmpty();
    assertThat(local(spawn.next())).isEqualTo("2026-11-06T09:00");
  }

  @Test
  void a_user_who_moves_west_does_not_get_the_same_day_again() {
    Spawn spawn =
        Spawn.ofTemplate(
            DAILY,
            START,
            Rules.NEW_YORK,
            at("2026-11-02T09:00"),
            Instant.parse("2026-11-02T20:00:00Z"),
            Duration.ZERO,
            CatchUp.of(Policy.LATEST));

    assertThat(spawn.due()).isEmpty();
    assertThat(spawn.next().map(Occurrence::at)).contains(Instant.parse("2026-11-03T14:00:00Z"));
  }

  @Test
  void the_last_of_a_count_has_no_next() {
    Spawn spawn =
        Spawn.ofTemplate(
            rule("{'frequency': 'daily', 'count': 2}"),
            START,
            UTC,
            START,
            Instant.parse("2026-11-02T09:00:00Z"),
            Duration.ZERO,
            CatchUp.of(Policy.LATEST));

    assertThat(locals(spawn.due())).containsExactly("2026-11-02T09:00");
    assertThat(spawn.next()).isEmpty();
  }

  @Test
  void a_successor_is_in_the_future_unless_all_are_made_up_for() {
    Instant due = Instant.parse("2026-11-01T09:00:00Z");
    Instant now = Instant.parse("2026-11-04T10:00:00Z");

    assertThat(local(successor(DAILY, due, now, 1, Policy.LATEST))).isEqualTo("2026-11-05T09:00");
    assertThat(local(successor(DAILY, due, now, 1, Policy.ALL))).isEqualTo("2026-11-02T09:00");
  }

  @Test
  void a_task_that_is_completed_early_goes_on_after_its_due_date() {
    Instant due = Instant.parse("2026-11-10T09:00:00Z");

    assertThat(
            local(successor(DAILY, due, Instant.parse("2026-11-02T10:00:00Z"), 1, Policy.LATEST)))
        .isEqualTo("2026-11-11T09:00");
  }

  @Test
  void count_is_counted_over_the_chain() {
    RecurrenceRule rule = rule("{'frequency': 'daily', 'count': 3}");
    Instant due = Instant.parse("2026-11-20T09:00:00Z");

    assertThat(successor(rule, due, due, 2, Policy.LATEST)).isPresent();
    assertThat(successor(rule, due, due, 3, Policy.LATEST)).isEmpty();
  }

  @Test
  void an_end_date_ends_a_chain() {
    RecurrenceRule rule = rule("{'frequency': 'daily', 'end_date': '2026-11-20'}");
    Instant due = Instant.parse("2026-11-20T09:00:00Z");

    assertThat(successor(rule, due, due, 7, Policy.LATEST)).isEmpty();
  }

  @Test
  void a_chain_of_a_thousand_completions_never_visits_an_instant_twice_nor_drifts() {
    RecurrenceRule rule = rule("{'frequency': 'monthly'}");
    LocalDateTime start = at("2026-01-31T02:30");
    ZoneId zone = Rules.NEW_YORK;
    Instant due = start.atZone(zone).toInstant();
    Set<Instant> seen = new HashSet<>();
    for (int position = 1; position <= 1_000; position++) {
      assertThat(seen.add(due)).isTrue();
      Instant completed = due.plus(Duration.ofHours(position % 50));
      Occurrence next =
          Spawn.successor(
                  rule, start, zone, due, completed, completed, position, CatchUp.of(Policy.LATEST))
              .orElseThrow();
      assertThat(next.local().getDayOfMonth())
          .isEqualTo(next.local().toLocalDate().lengthOfMonth());
      due = next.at();
    }
    assertThat(due).isEqualTo(Instant.parse("2109-05-31T06:30:00Z"));
  }

  private static Optional<Occurrence> successor(
      RecurrenceRule rule, Instant due, Instant now, int position, Policy policy) {
    return Spawn.successor(rule, START, UTC, due, now, now, position, CatchUp.of(policy));
  }

  private static List<String> locals(List<Occurrence> occurrences) {
    return occurrences.stream().map(o -> o.local().toString()).toList();
  }

  private static String local(Optional<Occurrence> occurrence) {
    return occurrence.orElseThrow().local().toString();
  }
}
