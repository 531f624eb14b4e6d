package dev.punctual.recurrence;

import java.util.Arrays;
import java.util.stream.LongStream;

/** The times of day on each day of every n-th period, narrowed to some positions if asked. */
final class PeriodCursor implements Cursor {

  private final Periods periods;
  private final int interval;
  private final int[] times;
  private final int[] positions;
  private final long[] days;
  private final boolean mingles;

  private long[] selected = {};
  private long index;
  private long size;
  private long position;
  private long floor;

  /**
   * Starts at the first local second that is not before {@code from}.
   *
   * @param base the day whose period is the first; periods are counted from it
   * @param back how many periods reach into their successor
   */
  PeriodCursor(
      Periods periods, int interval, long base, int[] times, int[] positions, int back, long from) {
    this.periods = periods;
    this.interval = interval;
    this.times = times;
    this.positions = positions;
    this.days = new long[periods.mostDays()];
    this.mingles = back > 0 && interval == 1;
    this.floor = from - 1;
    long first = periods.indexOf(base);
    long steps = Math.floorDiv(periods.indexOf(Math.floorDiv(from, DAY)) - first, (long) interval);
    this.index = first + Math.max(0, steps - back) * interval;
    open();
    skipToFloor();
  }

  @Override
  public long next() {
    long horizon = -1;
    while (true) {
      while (position < size) {
        long second = at(position++);
        if (second > floor) {
          floor = second;
          return second;
        }
      }
      if (horizon < 0) {
        horizon = horizon();
      }
      if (index + interval > horizon) {
        return END;
      }
      index += interval;
      open();
    }
  }

  /** The last period to look at: 100 years on, or the next one if that is further. */
  private long horizon() {
    long far = Math.floorDiv(floor, DAY) + HORIZON_DAYS;
    return far > LAST / DAY
        ? periods.indexOf(LAST / DAY)
        : Math.max(periods.indexOf(far), Math.min(index + interval, periods.indexOf(LAST / DAY)));
  }

  private void open() {
    int count = periods.fill(index, days);
    size = (long) count * times.length;
    position = 0;
    if (positions.length > 0) {
      select();
    }
  }

  private void select() {
    selected = chosen();
    if (mingles && selected.length > 0) {
      // What was skipped forward may come after what the next period begins with. That one tells
      // the same again in its turn, and nobody hears it.
      long[] here = selected;
      size = (long) periods.fill(index + 1, days) * times.length;
      selected =
          LongStream.concat(
                  Arrays.stream(here),
                  Arrays.stream(chosen()).filter(second -> second < here[here.length - 1]))
              .sorted()
              .distinct()
              .toArray();
    }
    size = selected.length;
  }

  private long[] chosen() {
    long[] chosen = new long[positions.length];
    int count = 0;
    for (int nth : positions) {
      long place = nth > 0 ? nth - 1L : size + nth;
      if (place >= 0 && place < size) {
        chosen[count++] =
            (days[(int) (place / times.length)] * DAY) + times[(int) (place % times.length)];
      }
    }
    Arrays.sort(chosen, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kept == 0 || chosen[kept - 1] != chosen[i]) {
        chosen[kept++] = chosen[i];
      }
    }
    return Arrays.copyOf(chosen, kept);
  }

  private long at(long place) {
    if (positions.length > 0) {
      return selected[(int) place];
    }
    if (times.length == 1) {
      return days[(int) place] * DAY + times[0];
    }
    return days[(int) (place / times.length)] * DAY + times[(int) (place % times.length)];
  }

  private void skipToFloor() {
    if (positions.length == 0 && size > 0) {
      int count = (int) (size / times.length);
      int day = Arrays.binarySearch(days, 0, count, Math.floorDiv(floor, DAY));
      position = (long) (day >= 0 ? day : -day - 1) * times.length;
      if (day >= 0 && times.length > 1) {
        int time = Arrays.binarySearch(times, (int) Math.floorMod(floor, DAY));
        position += time >= 0 ? time : -time - 1;
      }
    }
  }
}
