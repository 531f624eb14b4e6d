package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.days;
import static dev.punctual.recurrence.Rules.rrule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** RFC 7529: what becomes of a day that its month does not have. */
class Rfc7529SkipTest {

  @Test
  void the_31st_backward_forward_and_omitted() {
    String monthly = "RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=4;SKIP=";

    assertThat(days(rrule(monthly + "BACKWARD"), "2014-01-31T00:00", 9))
        .containsExactly("2014-01-31", "2014-02-28", "2014-03-31", "2014-04-30");
    assertThat(days(rrule(monthly + "FORWARD"), "2014-01-31T00:00", 9))
        .containsExactly("2014-01-31", "2014-03-01", "2014-03-31", "2014-05-01");
    assertThat(days(rrule(monthly + "OMIT"), "2014-01-31T00:00", 9))
        .containsExactly("2014-01-31", "2014-03-31", "2014-05-31", "2014-07-31");
  }

  @Test
  void a_leap_day_every_year_forward_is_the_first_of_march() {
    assertThat(days(rrule("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD"), "2012-02-29T00:00", 5))
        .containsExactly("2012-02-29", "2013-03-01", "2014-03-01", "2015-03-01", "2016-02-29");
  }

  @Test
  void a_day_skipped_forward_is_not_doubled_by_the_next_month_s_own() {
    assertThat(
            days(
                rrule("RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=1,31;SKIP=FORWARD"),
                "2026-04-01T00:00",
                5))
        .containsExactly("2026-04-01", "2026-05-01", "2026-05-31", "2026-06-01", "2026-07-01");
  }

  @Test
  void positions_are_chosen_of_what_the_skip_has_left_and_come_in_order() {
    // April's 31st is 1 May; its last time, 17:00, comes after May's own first, 09:00.
    assertThat(
            Rules.locals(
                rrule(
                    "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=1,31;BYHOUR=9,17;BYSETPOS=1,-1;SKIP=FORWARD"),
                "2026-04-01T00:00",
                5))
        .containsExactly(
            "2026-04-01T09:00",
            "2026-05-01T09:00",
            "2026-05-01T17:00",
            "2026-05-31T17:00",
            "2026-06-01T09:00");
  }

  @Test
  void the_weekday_is_asked_of_the_day_that_stands_in() {
    // 28 February 2027 is a Sunday, that of 2026 a Saturday, 29 February 2028 a Tuesday.
    assertThat(
            days(
                rrule(
                    "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;BYDAY=SU;SKIP=BACKWARD"),
                "2026-01-01T00:00",
                1))
        .containsExactly("2027-02-28");
  }

  @Test
  void what_stands_in_says_so() {
    assertThat(
            rrule("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD")
                .occurrences(Rules.at("2026-01-31T09:00"), Rules.UTC)
                .first(3))
        .extracting(Occurrence::note)
        .containsExactly(null, Occurrence.Note.CLAMPED, null);
  }

  @Test
  void other_calendars_and_a_skip_without_one_are_refused() {
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rrule("RSCALE=CHINESE;FREQ=YEARLY"))
        .withMessageContaining("RSCALE=CHINESE is not supported");
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> rrule("FREQ=MONTHLY;SKIP=BACKWARD"))
        .withMessageContaining("SKIP needs RSCALE");
  }
}
