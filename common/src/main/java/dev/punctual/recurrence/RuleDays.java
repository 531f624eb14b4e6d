package dev.punctual.recurrence;

import dev.punctual.recurrence.ByParts.NthDay;
import dev.punctual.recurrence.ByParts.Skip;
import java.util.List;

/**
 * The days of a month by the BYMONTH, BYYEARDAY, BYMONTHDAY and BYDAY parts of a rule, in the order
 * of RFC 7529: the skip comes after the days of the month and before the weekdays.
 */
final class RuleDays implements DayBits {

  private static final int MONDAY_TO_FRIDAY = 0b0011111;

  private final int months;
  private final int monthDays;
  private final int lastDays;
  private final int[] yearDays;
  private final int weekdays;
  private final List<NthDay> nthDays;
  private final boolean nthOfYear;
  private final Skip skip;
  private final int workingDay;

  RuleDays(ByParts parts, boolean nthOfYear) {
    this.months = bits(parts.months(), 1, 0);
    this.monthDays = bits(parts.monthDays(), 1, 1);
    this.lastDays = bits(parts.monthDays(), -1, 1);
    this.yearDays = numbers(parts.yearDays());
    int plain = 0;
    List<NthDay> numbered = List.of();
    for (NthDay day : parts.weekdays()) {
      if (day.nth() == 0) {
        plain |= 1 << (day.day().getValue() - 1);
      } else {
        numbered = parts.weekdays().stream().filter(d -> d.nth() != 0).toList();
      }
    }
    this.weekdays = plain;
    this.nthDays = numbered;
    this.nthOfYear = nthOfYear;
    this.skip = parts.skip();
    this.workingDay = parts.workingDay();
  }

  /** The positive or the negative numbers as bits, {@code first} being bit 0. */
  private static int bits(List<Integer> numbers, int sign, int first) {
    int bits = 0;
    for (int number : numbers) {
      bits |= number * sign > 0 ? 1 << (number * sign - first) : 0;
    }
    return bits;
  }

  static int[] numbers(List<Integer> list) {
    int[] numbers = new int[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i);
    }
    return numbers;
  }

  @Override
  public int of(int year, int month) {
    if (months != 0 && (months & 1 << month) == 0) {
      return 0;
    }
    int length = DayBits.lengthOfMonth(year, month);
    int days = DayBits.all(length);
    if (monthDays != 0 || lastDays != 0) {
      days &= inMonth(length) | skipped(monthDays & ~days, length);
      if (skip == Skip.FORWARD && (monthDays & ~DayBits.all(length)) != 0) {
        days |= NEXT_MONTH;
      }
    }
    if (yearDays.length > 0) {
      days = ofYear(year, month, length) & (days | NEXT_MONTH);
    }
    if (weekdays != 0 || !nthDays.isEmpty()) {
      days = byWeekday(year, month, length, days);
    }
    if (workingDay != 0) {
      int first = DayBits.weekdayOf(DayBits.firstOf(year, month));
      days &= DayBits.onWeekdays(MONDAY_TO_FRIDAY, first, length);
      days = workingDay > 0 ? Integer.lowestOneBit(days) : Integer.highestOneBit(days);
    }
    return days;
  }

  private int inMonth(int length) {
    // Day -1 is bit 0 of lastDays and the highest day of the month.
    return monthDays | Integer.reverse(lastDays) >>> (32 - length);
  }

  private int skipped(int missing, int length) {
    return skip == Skip.BACKWARD && missing != 0 ? 1 << (length - 1) : 0;
  }

  private int ofYear(int year, int month, int length) {
    int inYear = DayBits.isLeap(year) ? 366 : 365;
    int before = dayOfYear(year, month);
    int days = 0;
    for (int yearDay : yearDays) {
      int day = yearDay > 0 ? yearDay : inYear + 1 + yearDay;
      if (day > inYear) {
        day = skip == Skip.BACKWARD ? inYear : 0;
        days |= skip == Skip.FORWARD && month == 12 ? NEXT_MONTH : 0;
      }
      int inMonth = day - before;
      if (inMonth >= 0 && inMonth < length && day > 0) {
        days |= 1 << inMonth;
      }
    }
    return days;
  }

  /** The day of the year of the 1st. */
  private static int dayOfYear(int year, int month) {
    return (int) (DayBits.firstOf(year, month) - DayBits.firstOf(year, 1)) + 1;
  }

  private int byWeekday(int year, int month, int length, int days) {
    int firstWeekday = DayBits.weekdayOf(DayBits.firstOf(year, month));
    int matching = DayBits.onWeekdays(weekdays, firstWeekday, length);
    for (NthDay nth : nthDays) {
      matching |=
          nthOfYear ? nthOfYear(nth, year, month, length) : nthOfMonth(nth, firstWeekday, length);
    }
    if (days < 0) {
      boolean kept = (weekdays & 1 << (firstWeekday + length) % 7) != 0;
      matching |= kept ? NEXT_MONTH : 0;
    }
    return days & matching;
  }

  static int nthOfMonth(NthDay nth, int firstWeekday, int length) {
    int day = Math.floorMod(nth.day().getValue() - 1 - firstWeekday, 7);
    if (nth.nth() > 0) {
      day += (nth.nth() - 1) * 7;
    } else {
      int last = day + (length - 1 - day) / 7 * 7;
      day = last + (nth.nth() + 1) * 7;
    }
    return day >= 0 && day < length ? 1 << day : 0;
  }

  private static int nthOfYear(NthDay nth, int year, int month, int length) {
    long first = DayBits.firstOf(year, 1);
    int inYear = DayBits.isLeap(year) ? 366 : 365;
    int day = Math.floorMod(nth.day().getValue() - 1 - DayBits.weekdayOf(first), 7);
    if (nth.nth() > 0) {
      day += (nth.nth() - 1) * 7;
    } else {
      day += (inYear - 1 - day) / 7 * 7 + (nth.nth() + 1) * 7;
    }
    int inMonth = day + 1 - dayOfYear(year, month);
    return day >= 0 && day < inYear && inMonth >= 0 && inMonth < length ? 1 << inMonth : 0;
  }

  /** Whether the pattern names another day than this one, which stands in for it. */
  boolean standsIn(int year, int month, int day) {
    if (skip == Skip.OMIT) {
      return false;
    }
    int length = DayBits.lengthOfMonth(year, month);
    boolean named = (monthDays == 0 && lastDays == 0) || (inMonth(length) & 1 << (day - 1)) != 0;
    if (named && yearDays.length > 0) {
      int inYear = DayBits.isLeap(year) ? 366 : 365;
      int dayOfYear = dayOfYear(year, month) + day - 1;
      for (int yearDay : yearDays) {
        if (yearDay == dayOfYear || yearDay + inYear + 1 == dayOfYear) {
          return false;
        }
      }
      return true;
    }
    return !named;
  }
}
