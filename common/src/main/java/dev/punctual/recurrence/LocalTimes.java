package dev.punctual.recurrence;

import dev.punctual.recurrence.Terms.Moment;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pattern between its start and its end, with single date-times left out and added. */
final class LocalTimes {

  private static final long[] NONE = {};

  private final LocalPattern pattern;
  private final long start;
  private final long until;
  private final @Nullable Integer count;
  private final long[] leftOut;
  private final long[] daysLeftOut;
  private final long[] added;
  private volatile @Nullable Long lastCounted;

  /**
   * Joins a pattern and its terms.
   *
   * @param until the last local second that may be an occurrence; {@link Cursor#END} if no end is
   *     said
   */
  LocalTimes(
      LocalPattern pattern, LocalDateTime start, long until, @Nullable Integer count, Terms terms) {
    this.pattern = pattern;
    this.start = second(start);
    this.until = until;
    this.count = count;
    LocalTime time = start.toLocalTime().withNano(0);
    List<Moment> exdates = terms.exdates();
    this.leftOut =
        sorted(
            exdates.isEmpty() ? exdates : exdates.stream().filter(m -> m.time() != null).toList(),
            time);
    this.daysLeftOut = exdates.isEmpty() ? NONE : days(exdates);
    this.added = sorted(terms.rdates(), time);
  }

  private static long second(LocalDateTime local) {
    return local.toEpochSecond(ZoneOffset.UTC);
  }

  private static long[] sorted(List<Moment> moments, LocalTime time) {
    return moments.isEmpty()
        ? NONE
        : moments.stream().mapToLong(m -> second(m.at(time))).sorted().distinct().toArray();
  }

  private static long[] days(List<Moment> moments) {
    return moments.stream()
        .filter(moment -> moment.time() == null)
        .mapToLong(moment -> moment.date().toEpochDay())
        .sorted()
        .distinct()
        .toArray();
  }

  boolean ends() {
    return count != null || until != Cursor.END;
  }

  boolean clamped(LocalDateTime local) {
    return pattern.clamped(local.toLocalDate()) && !isAdded(local);
  }

  /** Whether it comes whatever the pattern says, and its end. */
  boolean isAdded(LocalDateTime local) {
    return Arrays.binarySearch(added, second(local)) >= 0;
  }

  Cursor from(long second) {
    return new Merged(Math.max(second, start));
  }

  /** The end that the count amounts to; so only the first question walks from the start. */
  private long lastCounted() {
    if (count == null) {
      return until;
    }
    Long known = lastCounted;
    if (known == null) {
      Cursor cursor = pattern.from(start);
      known = start - 1;
      for (int i = 0; i < count; i++) {
        long next = cursor.next();
        if (next == Cursor.END || next > until) {
          break;
        }
        known = next;
      }
      lastCounted = known;
    }
    return known;
  }

  private final class Merged implements Cursor {

    private final long last = Math.min(lastCounted(), LAST);
    private final boolean plain = added.length + leftOut.length + daysLeftOut.length == 0;
    private Cursor cursor;
    private long fromPattern;
    private int place;

    Merged(long from) {
      this.cursor = pattern.from(from);
      if (!plain) {
        find(from);
      }
    }

    /** Makes ready what comes first, from the pattern and from what was added to it. */
    private void find(long from) {
      fromPattern = bounded();
      int found = Arrays.binarySearch(added, from);
      place = found >= 0 ? found : -found - 1;
    }

    private long bounded() {
      long next = cursor.next();
      return next > last ? END : next;
    }

    @Override
    public long next() {
      if (plain) {
        return bounded();
      }
      while (true) {
        long single = place < added.length ? added[place] : END;
        long next = Math.min(fromPattern, single);
        if (next == END) {
          return END;
        }
        int dayLeftOut = Arrays.binarySearch(daysLeftOut, Math.floorDiv(next, DAY));
        if (dayLeftOut >= 0) {
          // Begins anew behind it: a day may hold a time for each of its minutes.
          long from = dayAfter(dayLeftOut) * DAY;
          cursor = pattern.from(from);
          find(from);
          continue;
        }
        if (next == single) {
          place++;
        }
        if (next == fromPattern) {
          fromPattern = bounded();
        }
        if (Arrays.binarySearch(leftOut, next) < 0) {
          return next;
        }
      }
    }

    /** The first day that is not left out, after the one that is found there. */
    private long dayAfter(int place) {
      int end = place + 1;
      while (end < daysLeftOut.length && daysLeftOut[end] == daysLeftOut[end - 1] + 1) {
        end++;
      }
      return daysLeftOut[end - 1] + 1;
    }
  }
}
