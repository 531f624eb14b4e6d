package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.days;
import static dev.punctual.recurrence.Rules.locals;
import static dev.punctual.recurrence.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class CronTest {

  private static RecurrenceRule quartz(String expression) {
    return rule("{'cron': '" + expression + "', 'dialect': 'quartz'}");
  }

  private static RecurrenceRule unix(String expression) {
    return rule("{'cron': '" + expression + "'}");
  }

  @Test
  void weekdays_at_nine() {
    assertThat(locals(unix("0 9 * * 1-5"), "2026-11-05T09:30", 3))
        .containsExactly("2026-11-06T09:00", "2026-11-09T09:00", "2026-11-10T09:00");
  }

  @Test
  void a_day_of_month_and_a_weekday_are_either_or() {
    assertThat(days(unix("0 0 13 * 5"), "2026-11-01T00:00", 4))
        .containsExactly("2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27");
    // Neither begins with a star, and every day is one of the weekdays.
    assertThat(days(unix("0 0 13 * 0-6"), "2026-11-01T00:00", 3))
        .containsExactly("2026-11-01", "2026-11-02", "2026-11-03");
    assertThat(days(unix("0 0 1-31 * 1"), "2026-11-03T00:00", 3))
        .containsExactly("2026-11-03", "2026-11-04", "2026-11-05");
  }

  @Test
  void where_one_of_them_begins_with_a_star_both_must_match() {
    // Odd days that are Monday to Friday: 1 November 2026 is a Sunday, the 7th a Saturday.
    assertThat(days(unix("0 9 */2 * 1-5"), "2026-11-01T00:00", 4))
        .containsExactly("2026-11-03", "2026-11-05", "2026-11-09", "2026-11-11");
    // The 13th, if it is a Sunday, a Wednesday or a Saturday.
    assertThat(days(unix("0 9 13 * */3"), "2026-11-01T00:00", 3))
        .containsExactly("2026-12-13", "2027-01-13", "2027-02-13");
  }

  @Test
  void sunday_is_0_and_7_and_sun() {
    for (String sunday : new String[] {"0", "7", "SUN", "sun"}) {
      assertThat(days(unix("0 0 * * " + sunday), "2026-11-02T00:00", 1))
          .containsExactly("2026-11-08");
    }
    assertThat(days(quartz("0 0 0 ? * 1"), "2026-11-02T00:00", 1)).containsExactly("2026-11-08");
  }

  @Test
  void aliases_stand_for_their_expressions() {
    assertThat(locals(unix("@hourly"), "2026-11-02T09:30", 1)).containsExactly("2026-11-02T10:00");
    assertThat(locals(unix("@daily"), "2026-11-02T09:30", 1)).containsExactly("2026-11-03T00:00");
    assertThat(locals(unix("@weekly"), "2026-11-02T09:30", 1)).containsExactly("2026-11-08T00:00");
    assertThat(locals(unix("@monthly"), "2026-11-02T09:30", 1)).containsExactly("2026-12-01T00:00");
    assertThat(locals(unix("@yearly"), "2026-11-02T09:30", 1)).containsExactly("2027-01-01T00:00");
    assertThat(unix("@midnight").describe()).isEqualTo(unix("@daily").describe());
    assertThat(unix("@annually").describe()).isEqualTo(unix("@yearly").describe());
  }

  @Test
  void quartz_knows_the_last_the_nearest_and_the_numbered_day() {
    assertThat(days(quartz("0 0 9 L * ?"), "2026-01-01T00:00", 2))
        .containsExactly("2026-01-31", "2026-02-28");
    assertThat(days(quartz("0 0 9 L-3 * ?"), "2026-01-01T00:00", 2))
        .containsExactly("2026-01-28", "2026-02-25");
    assertThat(days(quartz("0 0 9 LW * ?"), "2026-01-01T00:00", 2))
        .containsExactly("2026-01-30", "2026-02-27");
    assertThat(days(quartz("0 0 9 15W * ?"), "2026-02-01T00:00", 2))
        .containsExactly("2026-02-16", "2026-03-16");
    assertThat(days(quartz("0 0 9 ? * 6L"), "2026-01-01T00:00", 2))
        .containsExactly("2026-01-30", "2026-02-27");
    assertThat(days(quartz("0 0 9 ? * FRI#3"), "2026-01-01T00:00", 2))
        .containsExactly("2026-01-16", "2026-02-20");
  }

  @Test
  void the_weekday_nearest_to_the_1st_and_to_the_31st_stays_in_its_month() {
    // 1 August 2026 is a Saturday, 31 May 2026 a Sunday; February has no 31st to be near to.
    assertThat(days(quartz("0 0 9 1W * ?"), "2026-08-01T00:00", 1)).containsExactly("2026-08-03");
    assertThat(days(quartz("0 0 9 31W * ?"), "2026-02-01T00:00", 3))
        .containsExactly("2026-03-31", "2026-05-29", "2026-07-31");
  }

  @Test
  void the_second_of_quartz_is_kept_but_not_a_list_of_them() {
    assertThat(locals(quartz("30 0 9 ? * MON-FRI"), "2026-11-02T00:00", 1))
        .containsExactly("2026-11-02T09:00:30");
    refused("{'cron': '*/10 * * * * ?', 'dialect': 'quartz'}", "more than once a minute");
    refused("{'cron': '0,30 0 9 ? * 6', 'dialect': 'quartz'}", "write one second");
  }

  @Test
  void the_year_of_quartz_is_refused_and_says_what_to_write_instead() {
    refused("{'cron': '0 0 9 ? * MON 2027', 'dialect': 'quartz'}", "give end_date");
  }

  @Test
  void a_refusal_names_the_field_and_shows_what_is_understood() {
    refused("{'cron': '0 25 * * *'}", "hour 25 is not from 0 to 23");
    refused("{'cron': '0 9 * *'}", "4 fields instead of 5");
    refused("{'cron': '0 9 31-1 * *'}", "day of month 31-1 runs backwards");
    refused("{'cron': '*/0 9 * * *'}", "minute step /0 is not from 1 to 59");
    refused("{'cron': '@reboot'}", "@reboot is not a known alias");
    refused("{'cron': '0 0 9 * * *', 'dialect': 'quartz'}", "exactly one of");
    refused("{'cron': '0 9 * * MON#1'}", "day of week MON#1");
    refused("{'cron': '', 'dialect': 'quartz'}", "1 fields instead of 6");
  }

  private static void refused(String json, String message) {
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rule(json))
        .satisfies(
            e -> {
              assertThat(e.problems().get(0).field()).isEqualTo("cron");
              assertThat(e.problems().get(0).message()).contains(message);
              assertThat(e.problems().get(0).remedy()).contains("such as");
            });
  }
}
