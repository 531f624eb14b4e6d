package dev.punctual.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.junit.jupiter.api.Test;

/**
 * A second opinion on random rules. Left out is what lib-recur reads in another way than the RFC or
 * leaves undefined: days of every month in YEARLY, week numbers, skips, and positions in YEARLY.
 */
class AgainstLibRecurTest {

  private static final int RULES = 4_000;

  @Test
  void a_rule_has_the_occurrences_that_lib_recur_finds() throws InvalidRecurrenceRuleException {
    int compared = 0;
    for (int seed = 100_000; compared < RULES; seed++) {
      RandomRules random = new RandomRules(seed);
      SlowRule rule = random.rule();
      LocalDateTime start = random.start();
      LocalDate end = start.toLocalDate().plusDays(700);
      if (!isReadAlike(rule)) {
        continue;
      }
      compared++;
      assertThat(ours(rule.text(), start, end))
          .as("seed %d: %s from %s", seed, rule.text(), start)
          .isEqualTo(theirs(rule.text(), start, end));
    }
  }

  private static boolean isReadAlike(SlowRule rule) {
    boolean yearly = rule.frequency().equals("YEARLY");
    return rule.skip().equals("OMIT")
        && !rule.frequency().equals("HOURLY")
        && !(yearly && !(rule.weeks().isEmpty() && rule.positions().isEmpty()))
        && !(yearly && !rule.monthDays().isEmpty())
        && !(yearly && !rule.yearDays().isEmpty() && !rule.weekdays().isEmpty());
  }

  private static List<LocalDateTime> ours(String text, LocalDateTime start, LocalDate end) {
    return Rules.rrule(text).occurrences(start, Rules.UTC).stream()
        .map(Occurrence::local)
        .takeWhile(local -> !local.toLocalDate().isAfter(end))
        .toList();
  }

  private static List<LocalDateTime> theirs(String text, LocalDateTime start, LocalDate end)
      throws InvalidRecurrenceRuleException {
    DateTime from =
        new DateTime(
            start.getYear(),
            start.getMonthValue() - 1,
            start.getDayOfMonth(),
            start.getHour(),
            start.getMinute(),
            start.getSecond());
    List<LocalDateTime> times = new ArrayList<>();
    try {
      RecurrenceRuleIterator iterator = new RecurrenceRule(text).iterator(from);
      while (iterator.hasNext()) {
        DateTime at = iterator.nextDateTime();
        LocalDateTime local =
            LocalDateTime.of(
                at.getYear(),
                at.getMonth() + 1,
                at.getDayOfMonth(),
                at.getHours(),
                at.getMinutes(),
                at.getSeconds());
        if (local.toLocalDate().isAfter(end)) {
          break;
        }
        times.add(local);
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      // Its way to say that a search found nothing more.
    }
    return times;
  }
}
