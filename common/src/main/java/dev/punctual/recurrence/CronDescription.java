package dev.punctual.recurrence;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Says in English what a cron expression means. */
final class CronDescription {

  private static final long ALL_MINUTES = (1L << 60) - 1;
  private static final int ALL_HOURS = (1 << 24) - 1;
  private static final int ALL_MONTHS = 0b1_1111_1111_1110;
  private static final int ALL_WEEKDAYS = 0x7f;
  private static final int MANY = 6;
  private static final String EVERY_DAY = " every day";

  private CronDescription() {}

  static String of(CronText.Read read) {
    String days = days(read.days());
    boolean allDay = read.hours() == ALL_HOURS && days.equals(EVERY_DAY);
    return times(read) + (allDay ? "" : days) + months(read.days().months());
  }

  private static String times(CronText.Read read) {
    int count = Integer.bitCount(read.hours()) * Long.bitCount(read.minutes());
    if (count <= MANY) {
      List<LocalTime> times = new ArrayList<>();
      for (int hour : numbers(read.hours())) {
        for (int minute : numbers(read.minutes())) {
          times.add(LocalTime.of(hour, minute, read.second()));
        }
      }
      return "at " + Description.joined(times, "and");
    }
    String minutes;
    if (read.minutes() == ALL_MINUTES) {
      minutes = "every minute";
    } else if (step(read.minutes(), 60) > 1) {
      minutes = "every " + step(read.minutes(), 60) + " minutes";
    } else {
      minutes = "at minute " + Description.joined(numbers(read.minutes()), "and");
    }
    if (read.hours() == ALL_HOURS) {
      return minutes.startsWith("every") ? minutes : minutes + " of every hour";
    }
    int first = Integer.numberOfTrailingZeros(read.hours());
    int last = 31 - Integer.numberOfLeadingZeros(read.hours());
    return last - first + 1 == Integer.bitCount(read.hours())
        ? minutes + " from " + LocalTime.of(first, 0) + " to " + LocalTime.of(last, 59)
        : minutes + " in the hours of " + ranges(read.hours(), 23, String::valueOf);
  }

  /** The n of a field that is 0, n, 2n … and divides the whole; 0 for any other. */
  private static int step(long bits, int whole) {
    List<Integer> numbers = numbers(bits);
    int step = numbers.size() > 1 ? numbers.get(1) : 0;
    boolean even = step > 0 && whole % step == 0 && numbers.size() == whole / step;
    return even && numbers.stream().allMatch(n -> n % step == 0) ? step : 0;
  }

  private static String days(CronDays days) {
    List<String> ways = new ArrayList<>();
    boolean everyDay = days.days() == DayBits.all(31);
    if (!everyDay && days.days() != 0) {
      ways.add("the " + ranges(days.days(), 30, d -> Description.nth(d + 1, "day")));
    }
    days.last().forEach(n -> ways.add("the " + Description.nth(-1 - n, "day") + " of the month"));
    days.nearest()
        .forEach(
            day ->
                ways.add(
                    day == 0
                        ? "the last weekday of the month"
                        : "the weekday nearest to the " + Description.nth(day, "day")));
    if (days.weekdays() != 0 && days.weekdays() != ALL_WEEKDAYS) {
      ways.add(ranges(days.weekdays(), 6, d -> name(DayOfWeek.of(d + 1))));
    }
    days.nthWeekdays()
        .forEach(
            nth ->
                ways.add("the " + Description.nth(nth.nth(), name(nth.day())) + " of the month"));
    if (ways.isEmpty()) {
      return EVERY_DAY;
    }
    return " on " + String.join(days.either() ? " or on " : " if that is ", ways);
  }

  private static String months(int months) {
    if (months == ALL_MONTHS) {
      return "";
    }
    return " in "
        + ranges(months, 12, m -> Month.of(m).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static List<Integer> numbers(long bits) {
    return IntStream.range(0, 60).filter(i -> (bits & 1L << i) != 0).boxed().toList();
  }

  /** "Monday to Friday", "1 and 15". */
  private static String ranges(long bits, int max, IntFunction<String> name) {
    List<String> ranges = new ArrayList<>();
    for (int from = 0; from <= max; from++) {
      if ((bits & 1L << from) == 0) {
        continue;
      }
      int to = from;
      while (to < max && (bits & 1L << (to + 1)) != 0) {
        to++;
      }
      if (to > from + 1) {
        ranges.add(name.apply(from) + " to " + name.apply(to));
      } else {
        IntStream.rangeClosed(from, to).mapToObj(name).forEach(ranges::add);
      }
      from = to;
    }
    return Description.joined(ranges, "and");
  }
}
