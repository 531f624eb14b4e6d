package dev.punctual.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.punctual.recurrence.CatchUp.Policy;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a hostile or careless rule may cost: 50 ms and 10 MB for all that one request does. */
class BoundedCostTest {

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_NANOS = 50_000_000;
  private static final long MOST_BYTES = 10_000_000;
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 11, 2);

  static List<String> nasty() {
    String everyMinute = "BYHOUR=" + upTo(23) + ";BYMINUTE=" + upTo(59);
    String wholeYear = "BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12";
    String everyDay = "BYDAY=MO,TU,WE,TH,FR,SA,SU";
    String everyWeek = "BYWEEKNO=" + upTo(53).substring(2);
    return List.of(
        rrule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        rrule("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30,31"),
        rrule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        rrule("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"),
        rrule("FREQ=HOURLY;INTERVAL=2;BYHOUR=1,3,5"),
        rrule("FREQ=HOURLY;INTERVAL=48;BYHOUR=4;BYDAY=MO"),
        rrule("FREQ=HOURLY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=29;BYHOUR=7"),
        rrule("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6"),
        rrule("FREQ=YEARLY;BYYEARDAY=366;BYMONTH=6"),
        rrule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
        rrule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
        rrule("FREQ=DAILY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
        rrule("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
        rrule("FREQ=DAILY;COUNT=10000;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
        rrule("FREQ=WEEKLY;INTERVAL=10000;BYMONTH=2"),
        rrule("FREQ=YEARLY;INTERVAL=10000"),
        rrule("FREQ=DAILY;INTERVAL=10000;BYDAY=MO"),
        rrule("FREQ=DAILY;INTERVAL=9996;BYDAY=TU"),
        rrule("FREQ=HOURLY;COUNT=10000;BYMINUTE=" + upTo(59)),
        rrule("FREQ=DAILY;" + everyMinute),
        rrule("FREQ=DAILY;" + everyMinute + ";BYSECOND=" + upTo(59)),
        rrule("FREQ=YEARLY;" + everyMinute + ";BYSETPOS=-366,366"),
        rrule("FREQ=YEARLY;" + everyDay + ";" + everyMinute),
        rrule("FREQ=YEARLY;" + everyDay + ";" + everyWeek + ",-1,-2;" + everyMinute),
        rrule("FREQ=WEEKLY;BYDAY=MO,TU;" + everyMinute + ";BYSETPOS=-1"),
        rrule("FREQ=DAILY;COUNT=10000;" + everyMinute, days(1), days(2)),
        rrule("FREQ=YEARLY;" + everyDay + ";" + everyMinute, days(1), days(2)),
        rrule("FREQ=YEARLY;" + everyDay + ";BYSETPOS=" + upTo(99).substring(2), days(1), days(2)),
        rrule("FREQ=HOURLY;BYMINUTE=" + upTo(59), days(1), moments()),
        rrule("FREQ=HOURLY;BYMINUTE=" + upTo(59), moments(), days(1)),
        rrule("FREQ=HOURLY;BYHOUR=23;BYMONTH=2;BYMONTHDAY=29", days(1461), moments()),
        rrule("FREQ=DAILY;UNTIL=20270101T000000Z;" + everyMinute, days(2), days(1)),
        rrule("FREQ=MONTHLY;" + wholeYear + ";BYHOUR=" + upTo(23) + ";BYSETPOS=366"),
        rrule("FREQ=DAILY;BYHOUR=1;BYSETPOS=2"),
        rrule("FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=5"),
        rrule("A=" + ",".repeat(10_000)),
        rrule(";".repeat(499)),
        rrule("FREQ=DAILY;BYDAY=" + ",".repeat(450)),
        "{'cron': '0 0 30 2 *'}",
        "{'cron': '0 0 29 2 *'}",
        "{'cron': '* * * * *'}",
        "{'cron': '" + "*,".repeat(249) + "* * * * *'}",
        "{'cron': '0 0 0 ? 2 MON#5', 'dialect': 'quartz'}",
        "{'cron': '* * * * *', 'count': 10000}",
        "{'cron': '* * * * *', 'end_date': '2027-06-01'}",
        "{'cron': '* * * 11 *', 'exdates': [" + days(1) + "]}",
        "{'cron': '* * * * *', 'count': 10000, 'exdates': [" + days(1) + "]}",
        "{'cron': '* * * * *', 'exdates': [" + days(2) + "], 'rdates': [" + moments() + "]}",
        "{'cron': '* * 29 2 1', 'exdates': [" + moments() + "], 'rdates': [" + days(9) + "]}",
        "{'frequency': 'daily', 'exdates': [" + days(1) + "], 'rdates': [" + days(1) + "]}",
        "{'frequency': 'daily', 'times': [" + halfHours() + "], 'exdates': [" + days(1) + "]}",
        "{'frequency': '" + "daily".repeat(1_000) + "'}",
        phrase("a "),
        phrase("at 9 "),
        phrase("every "),
        phrase("1 times "),
        phrase("on "),
        phrase("monday and "),
        "{'text': '" + "every monday and ".repeat(10_000) + "'}");
  }

  @ParameterizedTest
  @MethodSource("nasty")
  void one_request_stays_within_its_bounds(String json) {
    costsLittle(json, "2026-11-02T00:00", Rules.BERLIN);
  }

  /** At the end of 29 December 2011 came the 31st: what lies between is resolved at once. */
  @ParameterizedTest
  @MethodSource("nasty")
  void one_request_stays_within_its_bounds_around_a_day_that_never_was(String json) {
    costsLittle(json, "2011-12-29T23:50", ZoneId.of("Pacific/Apia"));
  }

  private static void costsLittle(String json, String start, ZoneId zone) {
    long nanos = Long.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    // The best of some, for the first pays for class loading; in this thread's time, for the
    // machine has other work.
    for (int i = 0; i < 8 && (i < 2 || nanos > MOST_NANOS); i++) {
      var tree = Rules.json(json);
      long bytesBefore = allocated();
      long before = THREADS.getCurrentThreadCpuTime();
      everythingARequestDoes(tree, Rules.at(start), zone);
      nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - before);
      bytes = Math.min(bytes, allocated() - bytesBefore);
    }
    assertThat(nanos).as("nanoseconds").isLessThan(MOST_NANOS);
    assertThat(bytes).as("bytes").isLessThan(MOST_BYTES);
  }

  private static void everythingARequestDoes(JsonNode json, LocalDateTime start, ZoneId zone) {
    try {
      RecurrenceRule rule = RecurrenceRule.parse(json);
      rule.describe();
      rule.validate(start, zone);
      Occurrences occurrences = rule.occurrences(start, zone);
      occurrences.first(Occurrences.MOST);
      occurrences.next(start.plusYears(5).toInstant(ZoneOffset.UTC));
    } catch (InvalidRule e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }

  /** As a worker does that was away for a year. */
  @ParameterizedTest
  @MethodSource("nasty")
  void catching_up_stays_within_its_bounds(String json) {
    RecurrenceRule rule;
    try {
      rule = Rules.rule(json);
    } catch (InvalidRule e) {
      return;
    }
    LocalDateTime start = Rules.at("2026-11-02T00:00");
    Instant now = Instant.parse("2027-11-20T00:00:00Z");
    long nanos = Long.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    for (int i = 0; i < 8 && (i < 2 || nanos > MOST_NANOS); i++) {
      long bytesBefore = allocated();
      long before = THREADS.getCurrentThreadCpuTime();
      rule.occurrences(start, Rules.BERLIN).standingFor(start.toInstant(ZoneOffset.UTC));
      Spawn.ofTemplate(
          rule, start, Rules.BERLIN, start, now, Duration.ofDays(1), CatchUp.of(Policy.ALL));
      nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - before);
      bytes = Math.min(bytes, allocated() - bytesBefore);
    }
    assertThat(nanos).as("nanoseconds").isLessThan(MOST_NANOS);
    assertThat(bytes).as("bytes").isLessThan(MOST_BYTES);
  }

  @Test
  void what_never_happens_is_refused_when_it_is_saved() {
    for (String json :
        List.of(
            rrule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
            "{'cron': '0 0 30 2 *'}",
            "{'frequency': 'monthly', 'day_of_month': 1, 'end_date': '2026-11-15'}",
            "{'frequency': 'daily', 'end_date': '2026-11-01'}",
            "{'frequency': 'daily', 'count': 1, 'exdates': ['2026-11-02']}")) {
      assertThatExceptionOfType(InvalidRule.class)
          .as(json)
          .isThrownBy(() -> Rules.rule(json).validate(Rules.at("2026-11-02T09:00"), Rules.BERLIN))
          .withMessageContaining("never happens on or after 2026-11-02");
    }
  }

  @Test
  void what_happens_rarely_works() {
    assertThat(
            Rules.days(
                Rules.rrule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"), "2026-11-02T09:00", 3))
        .containsExactly("2044-02-29", "2072-02-29", "2112-02-29");
  }

  private static String rrule(String text) {
    return "{'rrule': '" + text + "'}";
  }

  private static String phrase(String part) {
    return "{'text': '" + part.repeat(500 / part.length()) + "'}";
  }

  private static String upTo(int last) {
    return IntStream.rangeClosed(0, last)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static String rrule(String text, String exdates, String rdates) {
    return "{'rrule': '%s', 'exdates': [%s], 'rdates': [%s]}".formatted(text, exdates, rdates);
  }

  /** As many days as may be named, each n-th. */
  private static String days(int step) {
    return quoted(i -> FIRST_DAY.plusDays((long) i * step).toString());
  }

  private static String moments() {
    return quoted(i -> FIRST_DAY.atStartOfDay().plusMinutes(i).plusSeconds(i % 2).toString());
  }

  private static String quoted(IntFunction<String> one) {
    return IntStream.range(0, 500)
        .mapToObj(i -> "'" + one.apply(i) + "'")
        .collect(Collectors.joining(","));
  }

  private static String halfHours() {
    return IntStream.range(0, 48)
        .mapToObj(i -> "'" + LocalTime.MIN.plusMinutes(30L * i) + "'")
        .collect(Collectors.joining(","));
  }

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
