package dev.punctual.recurrence;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of phrases: numbers, ordinals, weekdays, months, dates and times of day. */
final class PhraseWords {

  private static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");
  private static final List<String> ORDINALS =
      List.of("zeroth", "first", "second", "third", "fourth", "fifth");
  private static final Pattern ORDINAL = Pattern.compile("(\\d{1,2})(?:st|nd|rd|th)");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))? ?(am|pm|a\\.m\\.|p\\.m\\.|o'clock|h)?");
  private static final Pattern DAY_THEN_MONTH =
      Pattern.compile("(?:the )?(\\w+)(?: of)? ([a-z]+)(?: ([1-9]\\d{3}))?");
  private static final Pattern MONTH_THEN_DAY =
      Pattern.compile("([a-z]+) (?:the )?(\\w+)(?: ([1-9]\\d{3}))?");
  private static final Pattern WHOLE_MONTH =
      Pattern.compile("(?:the )?(?:end of )?([a-z]+)(?:(?: of)? ([1-9]\\d{3}))?");

  private PhraseWords() {}

  /** A day of a month, or its {@link #LAST}, with a year or without (0). */
  record Date(int year, int month, int day) {

    static final int LAST = 0;
  }

  static Optional<Integer> number(String word) {
    if (word.matches("[1-9]\\d{0,4}")) {
      return Optional.of(Integer.valueOf(word));
    }
    int number = word.equals("other") ? 2 : NUMBERS.indexOf(word);
    return number < 1 ? Optional.empty() : Optional.of(number);
  }

  /** First, 2nd … and last, which is -1. */
  static Optional<Integer> ordinal(String word) {
    Matcher matcher = ORDINAL.matcher(word);
    if (matcher.matches()) {
      return Optional.of(Integer.valueOf(matcher.group(1)));
    }
    int ordinal = word.equals("last") ? -1 : ORDINALS.indexOf(word);
    return ordinal == 0 || ordinal < -1 || (ordinal == -1 && !word.equals("last"))
        ? Optional.empty()
        : Optional.of(ordinal);
  }

  /** Monday, mon, mondays. */
  static Optional<DayOfWeek> weekday(String word) {
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().toLowerCase(Locale.ROOT);
      if (abbreviates(word, name) || word.equals(name + "s")) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  static Optional<Month> month(String word) {
    for (Month month : Month.values()) {
      if (abbreviates(word, month.name().toLowerCase(Locale.ROOT))) {
        return Optional.of(month);
      }
    }
    return Optional.empty();
  }

  private static boolean abbreviates(String word, String name) {
    return name.startsWith(word) && word.length() >= 3;
  }

  /** 9, 9am, 9:30 pm, 17:00, noon. */
  static Optional<LocalTime> time(String text) {
    if (text.equals("noon")) {
      return Optional.of(LocalTime.NOON);
    }
    if (text.equals("midnight")) {
      return Optional.of(LocalTime.MIDNIGHT);
    }
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int hour = Integer.parseInt(matcher.group(1));
    int minute = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    String half = matcher.group(3) == null ? "" : matcher.group(3).substring(0, 1);
    if (half.equals("a") || half.equals("p")) {
      if (hour < 1 || hour > 12) {
        return Optional.empty();
      }
      hour = hour % 12 + (half.equals("p") ? 12 : 0);
    }
    return hour > 23 || minute > 59 ? Optional.empty() : Optional.of(LocalTime.of(hour, minute));
  }

  /** March, the end of March 2027. */
  static Optional<Date> wholeMonth(String text) {
    Matcher matcher = WHOLE_MONTH.matcher(text);
    return matcher.matches()
        ? date(matcher.group(2), matcher.group(1), Date.LAST)
        : Optional.empty();
  }

  /** March 5, the 5th of march, 5 march 2027, 2027-03-05. */
  static Optional<Date> date(String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      return date.getYear() < 1
          ? Optional.empty()
          : Optional.of(new Date(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
    } catch (DateTimeException e) {
      // Not in digits; perhaps in words.
    }
    Matcher matcher = DAY_THEN_MONTH.matcher(text);
    if (matcher.matches() && month(matcher.group(2)).isPresent()) {
      return date(matcher.group(3), matcher.group(2), matcher.group(1));
    }
    matcher = MONTH_THEN_DAY.matcher(text);
    return matcher.matches()
        ? date(matcher.group(3), matcher.group(1), matcher.group(2))
        : Optional.empty();
  }

  private static Optional<Date> date(@Nullable String year, String monthName, String dayName) {
    return ordinal(dayName)
        .or(() -> number(dayName))
        .filter(day -> day >= 1)
        .flatMap(day -> date(year, monthName, day));
  }

  private static Optional<Date> date(@Nullable String year, String monthName, int day) {
    int inYear = year == null ? 0 : Integer.parseInt(year);
    return month(monthName)
        .filter(month -> day <= month.maxLength())
        .map(month -> new Date(inYear, month.getValue(), day));
  }

  /** All items of "a, b and c", or none if one of them is not understood. */
  static <T> List<T> list(String text, Function<String, Optional<T>> reader) {
    List<T> items = new ArrayList<>();
    for (String item : text.split(" ?(?:, and |,| and | & ) ?", -1)) {
      Optional<T> read = reader.apply(item.strip());
      if (read.isEmpty()) {
        return List.of();
      }
      items.add(read.get());
    }
    return items;
  }
}
