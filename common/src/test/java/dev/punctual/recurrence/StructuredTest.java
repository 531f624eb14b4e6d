package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.days;
import static dev.punctual.recurrence.Rules.locals;
import static dev.punctual.recurrence.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuredTest {

  @Test
  void a_rule_ends_if_it_says_an_end_however_far() {
    assertThat(ends("{'frequency': 'daily'}")).isFalse();
    assertThat(ends("{'frequency': 'daily', 'end_date': '9999-12-31'}")).isTrue();
    assertThat(ends("{'rrule': 'FREQ=DAILY;UNTIL=99991231'}")).isTrue();
    assertThat(ends("{'cron': '@daily', 'count': 10000}")).isTrue();
    assertThat(ends("{'cron': '@daily', 'end_date': '9999-12-31'}")).isTrue();
  }

  private static boolean ends(String json) {
    return rule(json).occurrences(Rules.at("2026-11-02T09:00"), Rules.UTC).ends();
  }

  @Test
  void every_other_week_counts_weeks_from_the_start_s_monday() {
    var rule = rule("{'frequency': 'weekly', 'interval': 2, 'days': ['mon', 'wed']}");

    assertThat(days(rule, "2026-11-04T09:00", 4))
        .containsExactly("2026-11-04", "2026-11-16", "2026-11-18", "2026-11-30");
  }

  @Test
  void every_third_day_keeps_its_step_over_the_end_of_a_month() {
    assertThat(days(rule("{'frequency': 'daily', 'interval': 3}"), "2026-01-30T09:00", 4))
        .containsExactly("2026-01-30", "2026-02-02", "2026-02-05", "2026-02-08");
  }

  @Test
  void the_31st_is_clamped_to_the_last_day_and_never_drifts() {
    assertThat(days(rule("{'frequency': 'monthly'}"), "2027-12-31T09:00", 5))
        .containsExactly("2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30");
  }

  @Test
  void the_31st_is_left_out_of_shorter_months_on_demand() {
    var rule = rule("{'frequency': 'monthly', 'day_of_month': 31, 'month_end': 'skip'}");

    assertThat(days(rule, "2026-01-01T09:00", 3))
        .containsExactly("2026-01-31", "2026-03-31", "2026-05-31");
  }

  @Test
  void a_29th_of_february_is_clamped_or_left_out_of_common_years() {
    assertThat(days(rule("{'frequency': 'yearly'}"), "2028-02-29T09:00", 5))
        .containsExactly("2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29");
    assertThat(days(rule("{'frequency': 'yearly', 'month_end': 'skip'}"), "2028-02-29T09:00", 2))
        .containsExactly("2028-02-29", "2032-02-29");
  }

  @Test
  void the_last_working_day_is_a_friday_when_the_month_ends_on_a_weekend() {
    var rule = rule("{'frequency': 'monthly', 'day_of_month': 'last_working'}");

    assertThat(days(rule, "2026-01-01T09:00", 5))
        .containsExactly("2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29");
  }

  @Test
  void the_first_working_day_is_a_monday_when_the_month_begins_on_a_weekend() {
    var rule = rule("{'frequency': 'monthly', 'day_of_month': 'first_working'}");

    assertThat(days(rule, "2026-01-01T09:00", 8))
        .containsExactly(
            "2026-01-01",
            "2026-02-02",
            "2026-03-02",
            "2026-04-01",
            "2026-05-01",
            "2026-06-01",
            "2026-07-01",
            "2026-08-03");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 2026-11-27, 2026-12-25",
    "-2, 2026-11-20, 2026-12-18",
    "-3, 2026-11-13, 2026-12-11",
    "-4, 2026-11-06, 2026-12-04",
    "-5, 2027-01-01, 2027-04-02", // the next months with five Fridays
    "5, 2027-01-29, 2027-04-30",
  })
  void weekdays_are_counted_from_the_end_and_left_out_where_there_are_fewer(
      int nth, String first, String second) {
    var rule = rule("{'frequency': 'monthly', 'days': ['fri'], 'nth': " + nth + "}");

    assertThat(days(rule, "2026-11-01T09:00", 2)).containsExactly(first, second);
  }

  @Test
  void every_few_years_are_counted_from_the_start_s() {
    assertThat(days(rule("{'frequency': 'yearly', 'interval': 3}"), "2026-11-02T09:00", 3))
        .containsExactly("2026-11-02", "2029-11-02", "2032-11-02");
    assertThat(days(rule("{'frequency': 'yearly', 'interval': 2}"), "2028-02-29T09:00", 3))
        .containsExactly("2028-02-29", "2030-02-28", "2032-02-29");
  }

  @Test
  void a_day_from_the_end_that_a_month_does_not_have_is_left_out() {
    for (String monthEnd : List.of("clamp", "skip")) {
      var rule =
          rule("{'frequency': 'monthly', 'day_of_month': -30, 'month_end': '" + monthEnd + "'}");

      assertThat(days(rule, "2027-01-01T09:00", 3))
          .containsExactly("2027-01-02", "2027-03-02", "2027-04-01");
    }
  }

  @Test
  void the_nth_and_the_last_weekday_of_a_month() {
    assertThat(
            days(
                rule("{'frequency': 'monthly', 'days': ['fri'], 'nth': 3}"), "2026-11-01T09:00", 3))
        .containsExactly("2026-11-20", "2026-12-18", "2027-01-15");
    assertThat(
            days(
                rule("{'frequency': 'monthly', 'days': ['fri'], 'nth': 'last'}"),
                "2026-11-01T09:00",
                3))
        .containsExactly("2026-11-27", "2026-12-25", "2027-01-29");
  }

  @Test
  void several_times_a_day_replace_the_start_s() {
    var rule = rule("{'frequency': 'daily', 'times': ['17:30', '09:00']}");

    assertThat(locals(rule, "2026-11-02T10:00", 3))
        .containsExactly("2026-11-02T17:30", "2026-11-03T09:00", "2026-11-03T17:30");
  }

  @Test
  void an_end_date_is_inclusive_and_a_count_does_not_count_a_start_the_rule_does_not_produce() {
    assertThat(
            days(rule("{'frequency': 'daily', 'end_date': '2026-11-04'}"), "2026-11-02T23:59", 9))
        .containsExactly("2026-11-02", "2026-11-03", "2026-11-04");
    assertThat(
            days(
                rule("{'frequency': 'weekly', 'days': ['mon'], 'count': 2}"),
                "2026-11-04T09:00",
                9))
        .containsExactly("2026-11-09", "2026-11-16");
  }
}
