package dev.punctual.recurrence;

import static dev.punctual.recurrence.Rules.days;
import static dev.punctual.recurrence.Rules.locals;
import static dev.punctual.recurrence.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates left out and added, and ends, beside each form of rule. */
class TermsTest {

  private static final String EXDATES =
      "'exdates': ['2026-11-04', '2026-11-05', '2026-11-06', '2026-11-08T09:00']";
  private static final String RDATES =
      "'rdates': ['2026-11-05T12:00', '2026-11-07T12:00', '2026-11-08']";

  @Test
  void left_out_and_added_dates() {
    RecurrenceRule rule =
        rule(
            "{'rrule':'FREQ=DAILY;COUNT=4','exdates':['2026-11-03','2026-11-04T09:00:00','2026-11-05T08:00'],"
                + "'rdates':['2026-11-01','2026-11-02T09:00','2026-11-20','2026-11-04T12:00']}");

    assertThat(Rules.locals(rule, "2026-11-02T09:00", 9))
        .containsExactly(
            "2026-11-02T09:00", "2026-11-04T12:00", "2026-11-05T09:00", "2026-11-20T09:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'rrule': 'FREQ=DAILY'", "'cron': '0 9 * * *'", "'frequency': 'daily'"})
  void every_form_leaves_out_and_adds(String form) {
    RecurrenceRule rule = rule("{" + form + ", " + EXDATES + ", " + RDATES + "}");

    assertThat(locals(rule, "2026-11-03T09:00", 4))
        .containsExactly(
            "2026-11-03T09:00", "2026-11-07T09:00", "2026-11-07T12:00", "2026-11-09T09:00");
    for (var after :
        List.of("2026-11-03T09:00:00Z", "2026-11-05T11:00:00Z", "2026-11-06T23:59:59Z")) {
      assertThat(next(rule, after)).isEqualTo("2026-11-07T09:00");
    }
    assertThat(next(rule, "2026-11-07T09:00:00Z")).isEqualTo("2026-11-07T12:00");
    assertThat(next(rule, "2026-11-07T12:00:00Z")).isEqualTo("2026-11-09T09:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'rrule': 'FREQ=DAILY;UNTIL=20261103T220000Z'",
        "'rrule': 'FREQ=DAILY;UNTIL=20261103T220000'",
        "'rrule': 'FREQ=DAILY;UNTIL=20261103'",
        "'rrule': 'FREQ=DAILY;COUNT=2'",
        "'rrule': 'FREQ=DAILY', 'end_date': '2026-11-03'",
        "'cron': '0 9 * * *', 'end_date': '2026-11-03'",
        "'cron': '0 9 * * *', 'count': 2",
        "'frequency': 'daily', 'end_date': '2026-11-03'",
        "'frequency': 'daily', 'count': 2",
      })
  void an_end_is_the_patterns_and_added_dates_come_after_it(String form) {
    RecurrenceRule rule = rule("{" + form + ", 'rdates': ['2026-11-03T12:00', '2026-11-20']}");

    assertThat(locals(rule, "2026-11-02T09:00", 9))
        .containsExactly(
            "2026-11-02T09:00", "2026-11-03T09:00", "2026-11-03T12:00", "2026-11-20T09:00");
    assertThat(next(rule, "2026-11-03T12:00:00Z")).isEqualTo("2026-11-20T09:00");
    assertThat(rule.occurrences(Rules.at("2026-11-02T09:00"), Rules.UTC).ends()).isTrue();
  }

  @Test
  void a_left_out_date_is_counted() {
    RecurrenceRule rule =
        rule("{'frequency': 'daily', 'count': 3, 'exdates': ['2026-11-03', '2026-11-04']}");

    assertThat(days(rule, "2026-11-02T09:00", 9)).containsExactly("2026-11-02");
  }

  @Test
  void one_answer_has_no_more_than_a_thousand() {
    Occurrences occurrences =
        rule("{'frequency': 'daily'}").occurrences(Rules.at("2026-11-02T09:00"), Rules.UTC);

    assertThat(occurrences.first(1_001)).hasSize(1_000);
    assertThat(occurrences.next(Instant.EPOCH, 1_001)).hasSize(1_000);
  }

  private static String next(RecurrenceRule rule, String after) {
    return rule.occurrences(Rules.at("2026-11-02T09:00"), Rules.UTC)
        .next(Instant.parse(after))
        .orElseThrow()
        .local()
        .toString();
  }
}
