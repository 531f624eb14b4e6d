package dev.punctual.recurrence;

import java.util.function.BiConsumer;

/** Which parts of a rule may stand together: the table and the notes of RFC 5545, 3.3.10. */
final class RRuleChecks {

  private RRuleChecks() {}

  static void check(ByParts parts, BiConsumer<String, String> refuse) {
    Frequency frequency = parts.frequency();
    boolean yearly = frequency == Frequency.YEARLY;
    boolean monthly = frequency == Frequency.MONTHLY;
    if (!parts.weeks().isEmpty() && !yearly) {
      refuse.accept("BYWEEKNO stands only with FREQ=YEARLY", "use FREQ=YEARLY");
    }
    if (!parts.yearDays().isEmpty() && !yearly && frequency != Frequency.HOURLY) {
      refuse.accept("BYYEARDAY does not stand with FREQ=" + frequency, "use FREQ=YEARLY");
    }
    if (!parts.monthDays().isEmpty() && frequency == Frequency.WEEKLY) {
      refuse.accept("BYMONTHDAY does not stand with FREQ=WEEKLY", "use FREQ=MONTHLY");
    }
    if (parts.hasOrdinals() && !(yearly || monthly)) {
      refuse.accept("a numbered BYDAY needs FREQ=MONTHLY or YEARLY", "leave the number out");
    }
    if (parts.hasOrdinals() && !parts.weeks().isEmpty()) {
      refuse.accept("a numbered BYDAY does not stand with BYWEEKNO", "leave the number out");
    }
    boolean bare = parts.namesNoDay() && parts.months().isEmpty() && parts.weeks().isEmpty();
    if (!parts.positions().isEmpty() && bare && !parts.hasClockParts()) {
      refuse.accept("BYSETPOS needs another BY part to choose from", "add such as BYDAY=MO,TU");
    }
  }
}
