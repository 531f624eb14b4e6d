package dev.punctual.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule is one that chance wrote; a failure names the rule, and so is its own reproduction. */
class RandomRulesTest {

  private static final int RULES = 20_000;

  @Test
  void any_rule_has_exactly_the_occurrences_that_a_day_by_day_evaluation_finds() {
    for (int seed = 0; seed < RULES; seed++) {
      RandomRules random = new RandomRules(seed);
      SlowRule slow = random.rule();
      LocalDateTime start = random.start();
      LocalDate end = start.toLocalDate().plusDays(days(slow.frequency()));
      List<LocalDateTime> expected = slow.until(end, start);

      Occurrences occurrences = Rules.rrule(slow.text()).occurrences(start, Rules.UTC);
      List<LocalDateTime> actual =
          occurrences.stream()
              .map(Occurrence::local)
              .takeWhile(local -> !local.toLocalDate().isAfter(end))
              .toList();

      assertThat(actual).as("seed %d: %s from %s", seed, slow.text(), start).isEqualTo(expected);
      nextAgrees(occurrences, expected, start, end, slow.text());
    }
  }

  private static void nextAgrees(
      Occurrences occurrences,
      List<LocalDateTime> expected,
      LocalDateTime start,
      LocalDate end,
      String rule) {
    long seconds = end.toEpochDay() * 86_400 - start.toEpochSecond(ZoneOffset.UTC);
    for (int part = -1; part < 4; part++) {
      Instant after = start.toInstant(ZoneOffset.UTC).plusSeconds(seconds / 4 * part);
      expected.stream()
          .filter(local -> local.toInstant(ZoneOffset.UTC).isAfter(after))
          .findFirst()
          .ifPresent(
              next ->
                  assertThat(occurrences.next(after).map(Occurrence::local))
                      .as("%s from %s, after %s", rule, start, after)
                      .contains(next));
    }
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
