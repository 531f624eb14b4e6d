package dev.punctual.recurrence;

import dev.punctual.recurrence.ByParts.Skip;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * A pattern of local date-times that never ends, made ready to be walked from any place. It knows
 * neither zones nor ends.
 */
interface LocalPattern {

  /** January to December. */
  List<Integer> EVERY_MONTH = IntStream.rangeClosed(1, 12).boxed().toList();

  /** Walks from the first local second that is not before {@code second}. */
  Cursor from(long second);

  /** Whether another day stands in for the one that the pattern names. */
  boolean clamped(LocalDate day);

  /** What the parts mean for a series that starts then, with what they leave open taken from it. */
  static LocalPattern of(ByParts open, LocalDateTime start) {
    ByParts parts = completed(open, start);
    int[] times = times(parts, start);
    int[] positions = RuleDays.numbers(parts.positions());
    long second = start.toEpochSecond(ZoneOffset.UTC);
    long day = Math.floorDiv(second, Cursor.DAY);
    boolean nthOfYear = parts.frequency() == Frequency.YEARLY && parts.months().isEmpty();
    RuleDays bits = new RuleDays(parts, nthOfYear);
    if (times.length == 0) {
      return new OfDays(bits, from -> () -> Cursor.END); // BYSETPOS asks for more than a day holds.
    }
    if (parts.frequency() == Frequency.HOURLY) {
      int hours = parts.hours().stream().mapToInt(hour -> 1 << hour).sum();
      return new OfDays(
          bits,
          from ->
              new HourCursor(
                  bits,
                  parts.interval(),
                  Math.floorDiv(second, 3600L),
                  hours,
                  times,
                  Math.max(from, second)));
    }
    boolean narrowed = positions.length > 0 && parts.frequency() != Frequency.DAILY;
    Periods periods = periods(parts, bits, day, narrowed);
    boolean byMonth = parts.frequency().compareTo(Frequency.MONTHLY) < 0 && !narrowed;
    int step = byMonth ? 1 : parts.interval(); // Months keep the interval of days and weeks.
    int back = parts.skip() == Skip.FORWARD ? 1 : 0;
    return new OfDays(
        bits,
        from ->
            new PeriodCursor(
                periods,
                step,
                day,
                times,
                narrowed ? positions : new int[0],
                back,
                Math.max(from, second)));
  }

  private static Periods periods(ByParts parts, RuleDays bits, long day, boolean narrowed) {
    int weekStart = parts.weekStart().getValue() - 1;
    return switch (parts.frequency()) {
      case YEARLY ->
          parts.weeks().isEmpty()
              ? new Periods.Years(bits, months(parts))
              : new Periods.WeekYears(bits, weekStart, parts.weeks());
      case MONTHLY -> new Periods.Months(bits);
      case WEEKLY -> {
        Periods.Weeks weeks = new Periods.Weeks(bits, weekStart);
        yield narrowed
            ? weeks
            : every(bits, weeks.indexOf(day) * 7 - 3 + weekStart, 7, parts.interval());
      }
      case DAILY, HOURLY -> every(bits, day, 1, parts.interval());
    };
  }

  private static Periods every(DayBits bits, long base, int unit, int interval) {
    return interval == 1
        ? new Periods.Months(bits)
        : new Periods.MonthsOfEvery(bits, base, unit, interval);
  }

  private static List<Integer> months(ByParts parts) {
    return parts.months().isEmpty() ? EVERY_MONTH : parts.months().stream().sorted().toList();
  }

  /** Fills in the days from the start where the parts name none (RFC 5545, 3.3.10, on DTSTART). */
  private static ByParts completed(ByParts parts, LocalDateTime start) {
    if (!parts.namesNoDay()) {
      return parts;
    }
    List<Integer> day = List.of(start.getDayOfMonth());
    return switch (parts.frequency()) {
      case HOURLY, DAILY -> parts;
      case WEEKLY -> parts.onWeekday(start.getDayOfWeek());
      case MONTHLY -> parts.onDays(parts.months(), day);
      case YEARLY -> {
        if (!parts.weeks().isEmpty()) {
          yield parts.onWeekday(start.getDayOfWeek());
        }
        List<Integer> months =
            parts.months().isEmpty() ? List.of(start.getMonthValue()) : parts.months();
        yield parts.onDays(months, day);
      }
    };
  }

  /** Seconds of the day, or of the hour if hours are what the rule steps by. */
  private static int[] times(ByParts parts, LocalDateTime start) {
    if (!parts.times().isEmpty()) {
      return parts.times().stream()
          .mapToInt(time -> time.toSecondOfDay())
          .sorted()
          .distinct()
          .toArray();
    }
    boolean hourly = parts.frequency() == Frequency.HOURLY;
    int[] hours = hourly ? new int[1] : orElse(parts.hours(), start.getHour());
    int[] minutes = orElse(parts.minutes(), start.getMinute());
    int[] seconds = orElse(parts.seconds(), start.getSecond());
    int[] times = new int[hours.length * minutes.length * seconds.length];
    int size = 0;
    for (int hour : hours) {
      for (int minute : minutes) {
        for (int second : seconds) {
          times[size++] = hour * 3600 + minute * 60 + second;
        }
      }
    }
    boolean narrowed = hourly || parts.frequency() == Frequency.DAILY;
    return narrowed && !parts.positions().isEmpty() ? narrowed(times, parts.positions()) : times;
  }

  private static int[] orElse(List<Integer> numbers, int otherwise) {
    if (numbers.isEmpty()) {
      return new int[] {otherwise};
    }
    int[] sorted = RuleDays.numbers(numbers);
    Arrays.sort(sorted);
    return sorted;
  }

  /** A day's or an hour's own set is the same each time, so its positions are chosen once. */
  private static int[] narrowed(int[] times, List<Integer> positions) {
    return positions.stream()
        .mapToInt(nth -> nth > 0 ? nth - 1 : times.length + nth)
        .filter(place -> place >= 0 && place < times.length)
        .map(place -> times[place])
        .sorted()
        .distinct()
        .toArray();
  }

  /** A pattern over {@link RuleDays}. */
  record OfDays(RuleDays days, LongFunction<Cursor> cursors) implements LocalPattern {

    @Override
    public Cursor from(long second) {
      return cursors.apply(second);
    }

    @Override
    public boolean clamped(LocalDate day) {
      return days.standsIn(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }
  }
}
