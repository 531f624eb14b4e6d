package dev.punctual.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of RFC 5545, 3.8.5.3, in New York. Dates without a year are of the last year named;
 * those that end with dots go on. All are at 09:00 unless a time is written.
 */
class Rfc5545ExamplesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1997-09-02 | FREQ=DAILY;COUNT=10 | 1997-09-02 09-03 09-04 09-05 09-06 09-07 09-08 09-09 09-10 09-11
          1997-09-02 | FREQ=DAILY;INTERVAL=2 | 1997-09-02 09-04 09-06 09-08 09-10 09-12 09-14 09-16 09-18 09-20 09-22 09-24 09-26 09-28 09-30 10-02 …
          1997-09-02 | FREQ=DAILY;INTERVAL=10;COUNT=5 | 1997-09-02 09-12 09-22 10-02 10-12
          1997-09-02 | FREQ=WEEKLY;COUNT=10 | 1997-09-02 09-09 09-16 09-23 09-30 10-07 10-14 10-21 10-28 11-04
          1997-09-02 | FREQ=WEEKLY;UNTIL=19971224T000000Z | 1997-09-02 09-09 09-16 09-23 09-30 10-07 10-14 10-21 10-28 11-04 11-11 11-18 11-25 12-02 12-09 12-16 12-23
          1997-09-02 | FREQ=WEEKLY;INTERVAL=2;WKST=SU | 1997-09-02 09-16 09-30 10-14 10-28 11-11 11-25 12-09 12-23 1998-01-06 01-20 02-03 02-17 …
          1997-09-02 | FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH | 1997-09-02 09-04 09-09 09-11 09-16 09-18 09-23 09-25 09-30 10-02
          1997-09-02 | FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH | 1997-09-02 09-04 09-09 09-11 09-16 09-18 09-23 09-25 09-30 10-02
          1997-09-01 | FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR | 1997-09-01 09-03 09-05 09-15 09-17 09-19 09-29 10-01 10-03 10-13 10-15 10-17 10-27 10-29 10-31 11-10 11-12 11-14 11-24 11-26 11-28 12-08 12-10 12-12 12-22
          1997-09-02 | FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH | 1997-09-02 09-04 09-16 09-18 09-30 10-02 10-14 10-16
          1997-09-05 | FREQ=MONTHLY;COUNT=10;BYDAY=1FR | 1997-09-05 10-03 11-07 12-05 1998-01-02 02-06 03-06 04-03 05-01 06-05
          1997-09-05 | FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR | 1997-09-05 10-03 11-07 12-05
          1997-09-07 | FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU | 1997-09-07 09-28 11-02 11-30 1998-01-04 01-25 03-01 03-29 05-03 05-31
          1997-09-22 | FREQ=MONTHLY;COUNT=6;BYDAY=-2MO | 1997-09-22 10-20 11-17 12-22 1998-01-19 02-16
          1997-09-28 | FREQ=MONTHLY;BYMONTHDAY=-3 | 1997-09-28 10-29 11-28 12-29 1998-01-29 02-26 …
          1997-09-02 | FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15 | 1997-09-02 09-15 10-02 10-15 11-02 11-15 12-02 12-15 1998-01-02 01-15
          1997-09-30 | FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1 | 1997-09-30 10-01 10-31 11-01 11-30 12-01 12-31 1998-01-01 01-31 02-01
          1997-09-10 | FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15 | 1997-09-10 09-11 09-12 09-13 09-14 09-15 1999-03-10 03-11 03-12 03-13
          1997-09-02 | FREQ=MONTHLY;INTERVAL=2;BYDAY=TU | 1997-09-02 09-09 09-16 09-23 09-30 11-04 11-11 11-18 11-25 1998-01-06 01-13 01-20 01-27 03-03 03-10 03-17 03-24 03-31 …
          1997-06-10 | FREQ=YEARLY;COUNT=10;BYMONTH=6,7 | 1997-06-10 07-10 1998-06-10 07-10 1999-06-10 07-10 2000-06-10 07-10 2001-06-10 07-10
          1997-03-10 | FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3 | 1997-03-10 1999-01-10 02-10 03-10 2001-01-10 02-10 03-10 2003-01-10 02-10 03-10
          1997-01-01 | FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200 | 1997-01-01 04-10 07-19 2000-01-01 04-09 07-18 2003-01-01 04-10 07-19 2006-01-01
          1997-05-19 | FREQ=YEARLY;BYDAY=20MO | 1997-05-19 1998-05-18 1999-05-17 …
          1997-05-12 | FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | 1997-05-12 1998-05-11 1999-05-17 …
          1997-03-13 | FREQ=YEARLY;BYMONTH=3;BYDAY=TH | 1997-03-13 03-20 03-27 1998-03-05 03-12 03-19 03-26 1999-03-04 03-11 03-18 03-25 …
          1997-06-05 | FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8 | 1997-06-05 06-12 06-19 06-26 07-03 07-10 07-17 07-24 07-31 08-07 08-14 08-21 08-28 1998-06-04 06-11 06-18 06-25 07-02 07-09 07-16 07-23 07-30 08-06 08-13 08-20 08-27 1999-06-03 06-10 06-17 06-24 07-01 07-08 07-15 07-22 07-29 08-05 08-12 08-19 08-26 …
          1997-09-02 | FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 | 1998-02-13 03-13 11-13 1999-08-13 2000-10-13 …
          1997-09-13 | FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 | 1997-09-13 10-11 11-08 12-13 1998-01-10 02-07 03-07 04-11 05-09 06-13 …
          1996-11-05 | FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996-11-05 2000-11-07 2004-11-02 …
          1997-09-04 | FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 | 1997-09-04 10-07 11-06
          1997-09-29 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 1997-09-29 10-30 11-27 12-30 1998-01-29 02-26 03-30 …
          1997-08-05 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO | 1997-08-05 08-10 08-19 08-24
          1997-08-05 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU | 1997-08-05 08-17 08-19 08-31
          2007-01-15 | FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5 | 2007-01-15 01-30 02-15 03-15 03-30
          """)
  void example(String start, String rule, String expected) {
    List<LocalDateTime> times = new ArrayList<>();
    String year = "";
    for (String day : expected.replace(" …", "").split(" ", -1)) {
      year = day.length() > 5 ? day.substring(0, 5) : year;
      times.add(LocalDateTime.parse((day.length() > 5 ? day : year + day) + "T09:00"));
    }

    int more = expected.endsWith("…") ? 0 : 1;
    assertThat(locals(rule, start, times.size() + more)).isEqualTo(times);
  }

  @Test
  void daily_until_an_instant_in_utc() {
    // 24 December 00:00 in UTC is 19:00 of the 23rd in New York.
    List<LocalDateTime> times = locals("FREQ=DAILY;UNTIL=19971224T000000Z", "1997-09-02", 200);

    assertThat(times).hasSize(113).endsWith(LocalDateTime.parse("1997-12-23T09:00"));
  }

  @Test
  void every_day_in_january_for_three_years_in_both_ways() {
    List<LocalDateTime> yearly =
        locals(
            "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
            "1998-01-01",
            200);

    assertThat(yearly).hasSize(93).endsWith(LocalDateTime.parse("2000-01-31T09:00"));
    assertThat(locals("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01-01", 200))
        .isEqualTo(yearly);
  }

  @Test
  void every_three_hours_until_five_in_the_afternoon() {
    // The RFC's own UNTIL (17:00 in UTC) is 13:00 in New York and ends the list sooner than it says
    // (an erratum); 21:00 in UTC is what it means.
    assertThat(locals("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "1997-09-02", 9))
        .extracting(LocalDateTime::toString)
        .containsExactly("1997-09-02T09:00", "1997-09-02T12:00", "1997-09-02T15:00");
    assertThat(locals("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "1997-09-02", 9)).hasSize(2);
  }

  @Test
  void every_20_minutes_of_the_day_from_nine() {
    List<LocalDateTime> times =
        locals("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", "1997-09-02", 25);

    assertThat(times).startsWith(LocalDateTime.parse("1997-09-02T09:00"));
    assertThat(times.get(1)).isEqualTo("1997-09-02T09:20");
    assertThat(times.get(23)).isEqualTo("1997-09-02T16:40");
    assertThat(times.get(24)).isEqualTo("1997-09-03T09:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
        "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"
      })
  void the_examples_by_the_minute_are_refused_with_a_way_to_write_them(String rule) {
    assertThatExceptionOfType(InvalidRule.class)
        .isThrownBy(() -> Rules.rrule(rule))
        .satisfies(e -> assertThat(e.problems().get(0).remedy()).contains("BYMINUTE"));
  }

  @Test
  void every_15_minutes_is_written_with_hourly() {
    assertThat(locals("FREQ=HOURLY;BYMINUTE=0,15,30,45;COUNT=6", "1997-09-02", 9))
        .extracting(time -> time.toLocalTime().toString())
        .containsExactly("09:00", "09:15", "09:30", "09:45", "10:00", "10:15");
  }

  private static List<LocalDateTime> locals(String rule, String start, int limit) {
    return Rules.rrule(rule)
        .occurrences(LocalDateTime.parse(start + "T09:00"), Rules.NEW_YORK)
        .first(limit)
        .stream()
        .map(Occurrence::local)
        .toList();
  }
}
