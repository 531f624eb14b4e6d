package dev.punctual.recurrence;

import java.time.LocalDate;

/** Every n-th hour of the wall clock, on the days and hours that the pattern allows. */
final class HourCursor implements Cursor {

  private static final int HOUR = 3600;

  private final DayBits bits;
  private final int interval;
  private final long base;
  private final int hours;
  private final int[] seconds;
  private final boolean reachable;

  private long step;
  private int position;
  private long floor;
  private long knownDay = Long.MIN_VALUE;
  private int daysOff;

  /**
   * Starts at the first local second that is not before {@code from}.
   *
   * @param base the hour, since 1970-01-01T00:00, that hours are counted from
   * @param hours the hours of the day that count, as bits
   * @param seconds the seconds of the hour
   */
  HourCursor(DayBits bits, int interval, long base, int hours, int[] seconds, long from) {
    this.bits = bits;
    this.interval = interval;
    this.base = base;
    this.hours = hours;
    this.seconds = seconds;
    this.reachable = reaches(hours, base, interval);
    this.floor = from - 1;
    this.step =
        Math.max(0, Math.floorDiv(Math.floorDiv(from, (long) HOUR) - base, (long) interval));
  }

  @Override
  public long next() {
    if (!reachable) {
      return END;
    }
    long horizon = Math.min(LAST, floor + HORIZON_DAYS * DAY);
    long second;
    while ((second = current()) <= horizon) {
      if (second > floor) {
        floor = second;
        position++;
        return second;
      }
      position++;
    }
    return END;
  }

  /** Every second hour from 09:00 never is 10:00: told at once, not after a search. */
  private static boolean reaches(int hours, long base, int interval) {
    int reached = 0;
    for (int i = 0; i < 24; i++) {
      reached |= 1 << (int) Math.floorMod(base + (long) i * interval, 24L);
    }
    return hours == 0 || (hours & reached) != 0;
  }

  /** The second at the cursor's place, after passing over hours that do not count. */
  private long current() {
    if (position == seconds.length) {
      position = 0;
      step++;
    }
    long horizon = floor + HORIZON_DAYS * DAY;
    while (true) {
      long hour = base + step * interval;
      if (hour * HOUR > horizon) {
        return END;
      }
      long day = Math.floorDiv(hour, 24L);
      if (day != knownDay) {
        LocalDate date = LocalDate.ofEpochDay(day);
        int days = bits.of(date.getYear(), date.getMonthValue()) >>> (date.getDayOfMonth() - 1);
        int left = date.lengthOfMonth() - date.getDayOfMonth() + 1;
        daysOff = Math.min(left, Integer.numberOfTrailingZeros(days));
        knownDay = day;
      }
      if (daysOff > 0) {
        jumpTo((day + daysOff) * 24);
      } else if (hours != 0 && (hours & 1 << (int) Math.floorMod(hour, 24L)) == 0) {
        step++;
      } else {
        return hour * HOUR + seconds[position];
      }
    }
  }

  private void jumpTo(long hour) {
    step = -Math.floorDiv(base - hour, (long) interval);
    position = 0;
  }
}
