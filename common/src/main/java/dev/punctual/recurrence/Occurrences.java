package dev.punctual.recurrence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The occurrences of one rule from one start in one zone, ordered by instant, no instant twice.
 * Nothing is computed before it is asked for; a search ends after 100 years without an occurrence.
 */
public final class Occurrences implements Iterable<Occurrence> {

  /** The most occurrences that one call returns. */
  public static final int MOST = 1_000;

  private static final Duration MOST_MOVED = Duration.ofHours(3);

  private final LocalTimes locals;
  private final @Nullable Instant until;
  private final ZoneId zone;
  private final ZoneRules rules;

  Occurrences(LocalTimes locals, @Nullable Instant until, ZoneId zone) {
    this.locals = locals;
    this.until = until;
    this.zone = zone;
    this.rules = zone.getRules();
  }

  /** The zone in which local times become instants. */
  public ZoneId zone() {
    return zone;
  }

  /** Whether a count or an end date bounds the sequence. */
  public boolean ends() {
    return until != null || locals.ends();
  }

  /** The first occurrence on or after the start. */
  public Optional<Occurrence> first() {
    return Optional.ofNullable(walk().poll());
  }

  /** The first occurrence strictly after the instant, found without walking from the start. */
  public Optional<Occurrence> next(Instant after) {
    return Optional.ofNullable(walk(after).poll());
  }

  /**
   * The occurrence that an instant stands for which was computed from one, perhaps with the rules
   * that the zone had at another time: the one at that instant, else the nearest within three
   * hours. No zone has been moved by more, except over the date line, by a day.
   */
  public Optional<Occurrence> standingFor(Instant computed) {
    Occurrence nearest = null;
    Walk walk = walk(computed.minus(MOST_MOVED).minusSeconds(1));
    for (Occurrence o = walk.poll();
        o != null && !o.at().isAfter(computed.plus(MOST_MOVED));
        o = walk.poll()) {
      if (nearest != null && !isNearer(computed, o, nearest)) {
        break;
      }
      nearest = o;
    }
    return Optional.ofNullable(nearest);
  }

  private static boolean isNearer(Instant instant, Occurrence one, Occurrence other) {
    return Duration.between(instant, one.at())
            .abs()
            .compareTo(Duration.between(instant, other.at()).abs())
        < 0;
  }

  /** Up to {@code limit} occurrences, at most {@value #MOST}, strictly after the instant. */
  public List<Occurrence> next(Instant after, int limit) {
    return taken(walk(after), limit);
  }

  /** Up to {@code limit} occurrences, at most {@value #MOST}, from the start. */
  public List<Occurrence> first(int limit) {
    return taken(walk(), limit);
  }

  /**
   * The latest {@code limit} occurrences after the one instant and not after the other, in order.
   */
  public List<Occurrence> latest(Instant after, Instant notAfter, int limit) {
    if (next(after).filter(first -> !first.at().isAfter(notAfter)).isEmpty()) {
      return List.of(); // One search, not one for each step.
    }
    // Looks back in growing steps, so that an old series of minutes costs no more than a new one. A
    // step that reaches back into far more than is asked for is halved.
    long all = notAfter.getEpochSecond() - after.getEpochSecond() + 1;
    long few = 0;
    long many = Long.MAX_VALUE;
    for (long back = 3600; ; back = many == Long.MAX_VALUE ? back * 4 : (few + many) / 2) {
      boolean whole = back >= all;
      ArrayDeque<Occurrence> latest = new ArrayDeque<>();
      int passed = 0;
      int most = back - few > 3600 ? 4 * limit : Integer.MAX_VALUE;
      Walk walk = walk(whole ? after : notAfter.minusSeconds(back));
      for (Occurrence o = walk.poll();
          o != null && !o.at().isAfter(notAfter) && passed <= most;
          o = walk.poll()) {
        latest.add(o);
        if (++passed > limit) {
          latest.remove();
        }
      }
      if (passed > most) {
        many = back;
      } else if (whole || latest.size() == limit) {
        return List.copyOf(latest);
      } else {
        few = back;
      }
    }
  }

  @Override
  public Iterator<Occurrence> iterator() {
    return iterator(walk());
  }

  /** The occurrences strictly after the instant, lazily. */
  public Iterable<Occurrence> after(Instant after) {
    return () -> iterator(walk(after));
  }

  private static Iterator<Occurrence> iterator(Walk walk) {
    return new Iterator<>() {
      private @Nullable Occurrence upcoming;

      @Override
      public boolean hasNext() {
        if (upcoming == null) {
          upcoming = walk.poll();
        }
        return upcoming != null;
      }

      @Override
      public Occurrence next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Occurrence current = Objects.requireNonNull(upcoming);
        upcoming = null;
        return current;
      }
    };
  }

  /** All occurrences, lazily. */
  public Stream<Occurrence> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /** What a local time of this rule's zone is as an instant. */
  public Instant resolve(LocalDateTime local) {
    return local.atZone(zone).toInstant();
  }

  private static List<Occurrence> taken(Walk walk, int limit) {
    List<Occurrence> taken = new ArrayList<>();
    while (taken.size() < Math.min(limit, MOST)) {
      Occurrence next = walk.poll();
      if (next == null) {
        break;
      }
      taken.add(next);
    }
    return taken;
  }

  private Walk walk() {
    return new Walk(locals.from(Long.MIN_VALUE), Long.MIN_VALUE);
  }

  private Walk walk(Instant after) {
    long second = after.getEpochSecond();
    long local = second + rules.getOffset(after).getTotalSeconds() + 1;
    if (!rules.isFixedOffset()) {
      ZoneOffsetTransition change = rules.previousTransition(after.plusSeconds(1));
      if (change != null
          && change.isGap()
          && second - change.toEpochSecond() < change.getDuration().toSeconds()) {
        // What the rule puts into the gap comes after it, and perhaps after this instant.
        local = change.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC);
      }
    }
    return new Walk(locals.from(local), second);
  }

  /** One walk along the sequence. */
  private final class Walk {

    private static final long NOT_ASKED = Long.MIN_VALUE;

    private final Cursor cursor;
    private final ArrayDeque<Occurrence> shifted = new ArrayDeque<>();
    private long upcoming = NOT_ASKED;
    private long floor;

    Walk(Cursor cursor, long floor) {
      this.cursor = cursor;
      this.floor = floor;
    }

    private long peek() {
      if (upcoming == NOT_ASKED) {
        upcoming = cursor.next();
      }
      return upcoming;
    }

    @Nullable Occurrence poll() {
      while (true) {
        Occurrence next = shifted.isEmpty() ? resolveNext() : shifted.remove();
        if (next == null) {
          return null;
        }
        if (isPastUntil(next)) {
          continue; // Those that were added come after it.
        }
        if (next.at().getEpochSecond() > floor) {
          floor = next.at().getEpochSecond();
          return next;
        }
      }
    }

    private boolean isPastUntil(Occurrence next) {
      return until != null && next.at().isAfter(until) && !locals.isAdded(next.local());
    }

    private @Nullable Occurrence resolveNext() {
      if (peek() == Cursor.END) {
        return null;
      }
      Occurrence next = resolve(upcoming);
      if (next.note() == Occurrence.Note.GAP) {
        return pastGap(next.local());
      }
      upcoming = NOT_ASKED;
      return next;
    }

    /** Around a gap the order of instants is not that of local times: sorts what mingles. */
    private @Nullable Occurrence pastGap(LocalDateTime inGap) {
      ZoneOffsetTransition gap = rules.getTransition(inGap);
      LocalDateTime end = gap.getDateTimeAfter().plus(gap.getDuration());
      long endSecond = end.toEpochSecond(ZoneOffset.UTC);
      List<Occurrence> mingled = new ArrayList<>();
      for (; peek() < endSecond; upcoming = NOT_ASKED) {
        mingled.add(resolve(upcoming));
      }
      mingled.sort(
          java.util.Comparator.comparing(Occurrence::at)
              .thenComparing(o -> o.note() == Occurrence.Note.GAP));
      shifted.addAll(mingled);
      return shifted.remove();
    }

    private Occurrence resolve(long second) {
      LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
      List<ZoneOffset> offsets = rules.getValidOffsets(local);
      if (offsets.isEmpty()) {
        ZoneOffset before = rules.getTransition(local).getOffsetBefore();
        return new Occurrence(local, local.toInstant(before), Occurrence.Note.GAP);
      }
      Instant at = Instant.ofEpochSecond(second - offsets.get(0).getTotalSeconds());
      if (offsets.size() > 1) {
        return new Occurrence(local, at, Occurrence.Note.OVERLAP);
      }
      return new Occurrence(local, at, locals.clamped(local) ? Occurrence.Note.CLAMPED : null);
    }
  }
}
