package dev.punctual.recurrence;

import java.time.LocalDate;
import java.util.List;

/** The days that a pattern means in each period (a year, month or week), the periods numbered. */
interface Periods {

  /** The most days that a period can have, and may be written. */
  int mostDays();

  /** The number of the period that holds the day. */
  long indexOf(long epochDay);

  /** Writes the period's days in order; returns how many they are. */
  int fill(long index, long[] days);

  private static int write(DayBits bits, int year, int month, long[] days, int size) {
    int left = bits.of(year, month);
    if (left == 0) {
      return size;
    }
    long first = DayBits.firstOf(year, month);
    int plain = left & ~DayBits.NEXT_MONTH;
    if (size > 0 && days[size - 1] == first) {
      plain &= ~1; // February's 30th, skipped forward, is already there.
    }
    while (plain != 0) {
      days[size++] = first + Integer.numberOfTrailingZeros(plain);
      plain &= plain - 1;
    }
    if (left < 0) {
      days[size++] = first + DayBits.lengthOfMonth(year, month);
    }
    return size;
  }

  private static long monthIndex(long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    return date.getYear() * 12L + date.getMonthValue() - 1;
  }

  /** Months, by number since the year 0. */
  record Months(DayBits bits) implements Periods {

    @Override
    public int mostDays() {
      return 32;
    }

    @Override
    public long indexOf(long epochDay) {
      return monthIndex(epochDay);
    }

    @Override
    public int fill(long index, long[] days) {
      return write(
          bits, (int) Math.floorDiv(index, 12L), (int) Math.floorMod(index, 12L) + 1, days, 0);
    }
  }

  /**
   * Months that keep only every n-th day or week, counted from {@code base}: how days and weeks are
   * stepped through, a month at a time.
   *
   * @param unit 1 for days, 7 for weeks
   */
  record MonthsOfEvery(DayBits bits, long base, int unit, int interval) implements Periods {

    @Override
    public int mostDays() {
      return 32;
    }

    @Override
    public long indexOf(long epochDay) {
      return monthIndex(epochDay);
    }

    @Override
    public int fill(long index, long[] days) {
      int size =
          write(
              bits, (int) Math.floorDiv(index, 12L), (int) Math.floorMod(index, 12L) + 1, days, 0);
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (Math.floorMod(Math.floorDiv(days[i] - base, (long) unit), (long) interval) == 0) {
          days[kept++] = days[i];
        }
      }
      return kept;
    }
  }

  /** Weeks whose first day is {@code weekStart} (0 is Monday). */
  record Weeks(DayBits bits, int weekStart) implements Periods {

    @Override
    public int mostDays() {
      return 7;
    }

    @Override
    public long indexOf(long epochDay) {
      return Math.floorDiv(epochDay + 3 - weekStart, 7L);
    }

    @Override
    public int fill(long index, long[] days) {
      int size = 0;
      for (long day = index * 7 - 3 + weekStart, end = day + 7; day < end; day++) {
        LocalDate date = LocalDate.ofEpochDay(day);
        if ((bits.of(date.getYear(), date.getMonthValue()) & 1 << (date.getDayOfMonth() - 1))
            != 0) {
          days[size++] = day;
        }
      }
      return size;
    }
  }

  /** Calendar years. */
  record Years(DayBits bits, List<Integer> months) implements Periods {

    @Override
    public int mostDays() {
      return 372;
    }

    @Override
    public long indexOf(long epochDay) {
      return LocalDate.ofEpochDay(epochDay).getYear();
    }

    @Override
    public int fill(long index, long[] days) {
      int size = 0;
      for (int month : months) {
        size = write(bits, (int) index, month, days, size);
      }
      return size;
    }
  }

  /**
   * Years of whole weeks, as BYWEEKNO counts them: week 1 is the first with four days in the
   * calendar year, so it may begin in the last days of the year before.
   */
  record WeekYears(DayBits bits, int weekStart, List<Integer> weeks) implements Periods {

    @Override
    public int mostDays() {
      return 371;
    }

    @Override
    public long indexOf(long epochDay) {
      int year = LocalDate.ofEpochDay(epochDay).getYear() + 1;
      while (firstWeek(year) > epochDay) {
        year--;
      }
      return year;
    }

    private long firstWeek(int year) {
      long fourth = DayBits.firstOf(year, 1) + 3;
      return fourth - Math.floorMod(DayBits.weekdayOf(fourth) - weekStart, 7);
    }

    @Override
    public int fill(long index, long[] days) {
      int year = (int) index;
      long first = firstWeek(year);
      int count = (int) (firstWeek(year + 1) - first) / 7;
      long chosen = 0; // Week 53 and week -1 may be the same, and come in any order.
      for (int number : weeks) {
        int week = number > 0 ? number : count + 1 + number;
        chosen |= week >= 1 && week <= count ? 1L << week : 0;
      }
      int size = 0;
      for (; chosen != 0; chosen &= chosen - 1) {
        long day = first + (Long.numberOfTrailingZeros(chosen) - 1) * 7L;
        for (long end = day + 7; day < end; day++) {
          LocalDate date = LocalDate.ofEpochDay(day);
          if ((bits.of(date.getYear(), date.getMonthValue()) & 1 << (date.getDayOfMonth() - 1))
              != 0) {
            days[size++] = day;
          }
        }
      }
      return size;
    }
  }
}
