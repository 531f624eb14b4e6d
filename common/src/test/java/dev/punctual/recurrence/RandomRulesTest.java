package dev.punctual.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each rule is one that chance wrote, with its terms and its zone; a failure names them, and so is
 * its own reproduction.
 */
class RandomRulesTest {

  private static final int RRULES = 20_000;
  private static final int STRUCTURED = 5_000;

  @Test
  void any_rrule_has_exactly_the_occurrences_that_a_day_by_day_evaluation_finds() {
    for (int seed = 0; seed < RRULES; seed++) {
      RandomRules random = new RandomRules(seed);
      SlowRule slow = random.rule();
      LocalDateTime start = random.start();
      List<LocalDateTime> pattern = slow.until(end(slow, start), start);
      SlowTerms terms = random.terms(pattern, start, true);
      List<String> fields = new ArrayList<>(terms.fields());
      fields.add("'rrule': '" + slow.text() + terms.ofText() + "'");

      compare(fields, slow, pattern, terms, start, random);
    }
  }

  @Test
  void any_structured_rule_has_exactly_the_occurrences_that_a_day_by_day_evaluation_finds() {
    for (int seed = 0; seed < STRUCTURED; seed++) {
      RandomRules random = new RandomRules(seed);
      SlowRule slow = random.structured();
      LocalDateTime start = random.start();
      List<LocalDateTime> pattern = slow.inMonthOf(start).until(end(slow, start), start);
      SlowTerms terms = random.terms(pattern, start, false);
      List<String> fields = new ArrayList<>(slow.fields());
      fields.addAll(terms.fields());

      compare(fields, slow, pattern, terms, start, random);
    }
  }

  private static void compare(
      List<String> fields,
      SlowRule slow,
      List<LocalDateTime> pattern,
      SlowTerms terms,
      LocalDateTime start,
      RandomRules random) {
    String json = "{" + String.join(", ", fields) + "}";
    ZoneId zone = random.zone();
    String rule = "%s from %s in %s".formatted(json, start, zone);
    // A day may be shifted over the end, by a gap.
    Instant end = end(slow, start).minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    List<Instant> expected =
        terms.applied(pattern, start, zone).stream().takeWhile(at -> at.isBefore(end)).toList();

    Occurrences occurrences = Rules.rule(json).occurrences(start, zone);
    List<Occurrence> actual =
        occurrences.stream().takeWhile(occurrence -> occurrence.at().isBefore(end)).toList();

    assertThat(actual.stream().map(Occurrence::at).toList()).as(rule).isEqualTo(expected);
    assertThat(actual).as(rule).allMatch(o -> o.at().equals(o.local().atZone(zone).toInstant()));
    nextAgrees(occurrences, expected, random, rule);
  }

  private static void nextAgrees(
      Occurrences occurrences, List<Instant> expected, RandomRules random, String rule) {
    for (int part = 0; part < 4 && !expected.isEmpty(); part++) {
      int place = random.pick(expected.size());
      Instant next = expected.get(place);
      Instant before = place == 0 ? next.minusSeconds(90_000) : expected.get(place - 1);
      assertThat(occurrences.next(before).map(Occurrence::at)).as(rule).contains(next);
      assertThat(occurrences.next(next.minusNanos(1)).map(Occurrence::at)).as(rule).contains(next);
    }
  }

  private static LocalDate end(SlowRule slow, LocalDateTime start) {
    return start.toLocalDate().plusDays(days(slow.frequency()));
  }

  private static int days(String frequency) {
    return switch (frequency) {
      case "HOURLY" -> 40;
      case "DAILY" -> 200;
      case "WEEKLY" -> 300;
      case "MONTHLY" -> 500;
      default -> 1500;
    };
  }
}
