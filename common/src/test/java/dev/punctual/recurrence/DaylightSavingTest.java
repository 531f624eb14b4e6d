package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.at;
import static dev.punctual.recurrence.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaylightSavingTest {

  /** Each line: a daily time, and its instants on the day before the change, on it and after it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # New York, 8 March 2026: 02:00 EST (-5) becomes 03:00 EDT (-4). 02:30 is shifted to 03:30 EDT.
          America/New_York | 2026-03-07T02:30 | 2026-03-07T07:30Z | 2026-03-08T07:30Z GAP | 2026-03-09T06:30Z
          # New York, 1 November 2026: 02:00 EDT becomes 01:00 EST. 01:30 comes twice; the first is EDT.
          America/New_York | 2026-10-31T01:30 | 2026-10-31T05:30Z | 2026-11-01T05:30Z OVERLAP | 2026-11-02T06:30Z
          # Berlin, 29 March 2026: 02:00 CET (+1) becomes 03:00 CEST (+2).
          Europe/Berlin | 2026-03-28T02:30 | 2026-03-28T01:30Z | 2026-03-29T01:30Z GAP | 2026-03-30T00:30Z
          # Berlin, 25 October 2026: 03:00 CEST becomes 02:00 CET.
          Europe/Berlin | 2026-10-24T02:30 | 2026-10-24T00:30Z | 2026-10-25T00:30Z OVERLAP | 2026-10-26T01:30Z
          # Lord Howe, 4 October 2026: 02:00 (+10:30) becomes 02:30 (+11): half an hour is missing.
          Australia/Lord_Howe | 2026-10-03T02:15 | 2026-10-02T15:45Z | 2026-10-03T15:45Z GAP | 2026-10-04T15:15Z
          # Lord Howe, 5 April 2026: 02:00 (+11) becomes 01:30 (+10:30): half an hour comes twice.
          Australia/Lord_Howe | 2026-04-04T01:45 | 2026-04-03T14:45Z | 2026-04-04T14:45Z OVERLAP | 2026-04-05T15:15Z
          # Cairo, 24 April 2026: 00:00 (+2) becomes 01:00 (+3): the day has no midnight.
          Africa/Cairo | 2026-04-23T00:00 | 2026-04-22T22:00Z | 2026-04-23T22:00Z GAP | 2026-04-24T21:00Z
          # Cairo, 30 October 2026: 00:00 (+3) becomes 23:00 (+2) of the day before.
          Africa/Cairo | 2026-10-28T23:30 | 2026-10-28T20:30Z | 2026-10-29T20:30Z OVERLAP | 2026-10-30T21:30Z
          # Karachi, 1 June 2008: 00:00 (+5) becomes 01:00 (+6), decreed some weeks ahead.
          Asia/Karachi | 2008-05-31T00:00 | 2008-05-30T19:00Z | 2008-05-31T19:00Z GAP | 2008-06-01T18:00Z
          # Karachi, 1 November 2008: 00:00 (+6) becomes 23:00 (+5) of the day before.
          Asia/Karachi | 2008-10-30T23:15 | 2008-10-30T17:15Z | 2008-10-31T17:15Z OVERLAP | 2008-11-01T18:15Z
          """)
  void daily(String zone, String start, String before, String on, String after) {
    List<Occurrence> days =
        rule("{'frequency': 'daily'}").occurrences(at(start), ZoneId.of(zone)).first(3);

    assertThat(days).extracting(DaylightSavingTest::shown).containsExactly(before, on, after);
  }

  @Test
  void the_day_that_never_was_in_apia_adds_no_second_task_to_the_next() {
    // At the end of 29 December 2011 (-10) came the 31st (+14). 09:00 of the 30th, shifted by the
    // missing 24 hours, is 09:00 of the 31st, which has its own.
    List<Occurrence> days =
        rule("{'frequency': 'daily'}")
            .occurrences(at("2011-12-29T09:00"), ZoneId.of("Pacific/Apia"))
            .first(3);

    assertThat(days)
        .extracting(DaylightSavingTest::shown)
        .containsExactly("2011-12-29T19:00Z", "2011-12-30T19:00Z", "2011-12-31T19:00Z");
    assertThat(days.get(1).local()).isEqualTo("2011-12-31T09:00");
  }

  @Test
  void a_friday_that_never_was_in_apia_is_shifted_by_a_day() {
    List<Occurrence> fridays =
        rule("{'frequency': 'weekly', 'days': ['fri']}")
            .occurrences(at("2011-12-23T09:00"), ZoneId.of("Pacific/Apia"))
            .first(3);

    assertThat(fridays)
        .extracting(DaylightSavingTest::shown)
        .containsExactly("2011-12-23T19:00Z", "2011-12-30T19:00Z GAP", "2012-01-05T19:00Z");
  }

  @Test
  void every_half_hour_has_no_instant_twice_and_none_out_of_order_over_a_gap() {
    // 02:00 and 02:30 fall on 03:00 and 03:30, which the rule has anyway.
    List<Occurrence> halves =
        rule("{'cron': '*/30 * * * *'}")
            .occurrences(at("2026-03-08T01:00"), Rules.NEW_YORK)
            .first(5);

    assertThat(halves)
        .extracting(DaylightSavingTest::shown)
        .containsExactly(
            "2026-03-08T06:00Z",
            "2026-03-08T06:30Z",
            "2026-03-08T07:00Z",
            "2026-03-08T07:30Z",
            "2026-03-08T08:00Z");
  }

  @Test
  void a_time_in_the_gap_comes_after_a_later_time_that_exists() {
    Occurrences twice =
        rule("{'frequency': 'daily', 'times': ['02:30', '03:00']}")
            .occurrences(at("2026-03-08T00:00"), Rules.NEW_YORK);

    assertThat(twice.first(3))
        .extracting(DaylightSavingTest::shown)
        .containsExactly("2026-03-08T07:00Z", "2026-03-08T07:30Z GAP", "2026-03-09T06:30Z");
    assertThat(twice.next(Instant.parse("2026-03-08T07:00:00Z")).map(DaylightSavingTest::shown))
        .contains("2026-03-08T07:30Z GAP");
  }

  @Test
  void an_until_in_utc_inside_an_overlap_counts_by_instant() {
    // 01:45 first comes at 05:45Z, which is before 06:30Z, though the clock then shows 01:30 again.
    String rule = "{'rrule': 'FREQ=DAILY;UNTIL=20261101T063000Z'}";

    assertThat(rule(rule).occurrences(at("2026-10-31T01:45"), Rules.NEW_YORK).first(9)).hasSize(2);
  }

  @Test
  void a_rule_without_a_zone_follows_the_user_s_and_one_with_a_zone_does_not() {
    RecurrenceRule follows = rule("{'frequency': 'daily'}");
    RecurrenceRule stays = rule("{'frequency': 'daily', 'time_zone': 'Europe/Berlin'}");

    assertThat(follows.occurrences(at("2026-11-02T09:00"), Rules.NEW_YORK).first(1))
        .extracting(DaylightSavingTest::shown)
        .containsExactly("2026-11-02T14:00Z");
    assertThat(stays.occurrences(at("2026-11-02T09:00"), Rules.NEW_YORK).first(1))
        .extracting(DaylightSavingTest::shown)
        .containsExactly("2026-11-02T08:00Z");
  }

  @Test
  void around_every_change_of_many_zones_the_instants_are_those_of_java_time() {
    RecurrenceRule rule =
        rule(
            "{'frequency': 'daily', 'times': ['00:00', '00:40', '01:20', '02:10', '02:45', '03:05', '23:50']}");
    for (String id :
        List.of(
            "America/New_York",
            "Europe/Dublin",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "Asia/Karachi",
            "Pacific/Apia",
            "America/Sao_Paulo",
            "Asia/Gaza",
            "Africa/Casablanca",
            "Antarctica/Troll",
            "Asia/Kathmandu",
            "America/Caracas",
            "Pacific/Kwajalein")) {
      ZoneId zone = ZoneId.of(id);
      Instant from = Instant.parse("1985-01-01T00:00:00Z");
      for (var change = zone.getRules().nextTransition(from);
          change != null && change.getInstant().isBefore(Instant.parse("2030-01-01T00:00:00Z"));
          change = zone.getRules().nextTransition(change.getInstant())) {
        agrees(rule, change.getDateTimeBefore().toLocalDate().minusDays(2), zone);
      }
    }
  }

  private static void agrees(RecurrenceRule rule, java.time.LocalDate first, ZoneId zone) {
    Occurrences occurrences = rule.occurrences(first.atStartOfDay(), zone);
    List<Instant> expected =
        rule.occurrences(first.atStartOfDay(), Rules.UTC).first(42).stream()
            .map(o -> o.local().atZone(zone).toInstant())
            .distinct()
            .sorted()
            .collect(Collectors.toList());
    Instant last = expected.get(expected.size() - 8);
    expected.removeIf(instant -> instant.isAfter(last));

    assertThat(occurrences.first(expected.size()))
        .as("%s from %s", zone, first)
        .extracting(Occurrence::at)
        .isEqualTo(expected);
    for (int i = 1; i < expected.size(); i++) {
      Instant next = expected.get(i);
      assertThat(occurrences.next(expected.get(i - 1)).map(Occurrence::at)).contains(next);
      assertThat(occurrences.next(next.minusNanos(1)).map(Occurrence::at)).contains(next);
    }
  }

  private static String shown(Occurrence occurrence) {
    String at = occurrence.at().toString().replace(":00Z", "Z");
    return occurrence.note() == null ? at : at + " " + occurrence.note();
  }
}
