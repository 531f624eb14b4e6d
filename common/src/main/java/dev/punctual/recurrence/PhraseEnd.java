package dev.punctual.recurrence;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last day that a phrase names after "until". */
final class PhraseEnd {

  /** How far the next 29 February may be. */
  private static final int MOST_YEARS = 8;

  private PhraseEnd() {}

  /**
   * A day, or a month to its end; one without a year is the first that comes, counted from {@code
   * start}.
   *
   * @throws InvalidRule if there is neither a year nor a start
   */
  static Optional<LocalDate> of(String said, @Nullable LocalDate start) {
    String text = said.replace(",", "");
    return PhraseWords.wholeMonth(text)
        .or(() -> PhraseWords.date(text))
        .flatMap(date -> date.year() == 0 ? coming(date, start, said) : in(date.year(), date));
  }

  private static Optional<LocalDate> coming(
      PhraseWords.Date date, @Nullable LocalDate start, String said) {
    if (start == null) {
      throw new InvalidRule(
          "text",
          "\"until " + said + "\" does not say the year, and no start says which one comes next",
          "write such as until march 2027, which is to its end, or until 2027-03-31");
    }
    for (int year = start.getYear(); year <= start.getYear() + MOST_YEARS; year++) {
      Optional<LocalDate> day = in(year, date).filter(end -> !end.isBefore(start));
      if (day.isPresent()) {
        return day;
      }
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> in(int year, PhraseWords.Date date) {
    YearMonth month = YearMonth.of(year, date.month());
    if (date.day() == PhraseWords.Date.LAST) {
      return Optional.of(month.atEndOfMonth());
    }
    return month.isValidDay(date.day()) ? Optional.of(month.atDay(date.day())) : Optional.empty();
  }
}
