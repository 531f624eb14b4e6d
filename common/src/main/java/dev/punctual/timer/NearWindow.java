package dev.punctual.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The instants of the next minute, held in memory in their order. A hint: the table decides.
 *
 * <p>A hint later than the window's end is not taken: it was committed before it came here, so the
 * load that moves the end past it will find it in the table.
 */
final class NearWindow {

  static final Duration LENGTH = Duration.ofSeconds(60);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeSet<Hint> hints = new TreeSet<>(Hint.IN_ORDER);
  private Instant end = Instant.MIN;

  /** Moves the window's end; to be called before the load that reads up to it. */
  void extendTo(Instant newEnd) {
    lock.lock();
    try {
      end = newEnd.isAfter(end) ? newEnd : end;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a hint, unless it lies behind the window's end or is here already. */
  void offer(Hint hint) {
    lock.lock();
    try {
      if (!hint.tryAt().isAfter(end) && hints.add(hint) && hints.first().equals(hint)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes and returns what is due, at most so many: the youngest. */
  List<Hint> takeYoungest(Instant now, int limit) {
    lock.lock();
    try {
      return take(due(now)::pollLast, limit);
    } finally {
      lock.unlock();
    }
  }

  /** Removes and returns so many of what is due, the oldest, if more than that is due. */
  List<Hint> takeOldestOfMore(Instant now, int limit) {
    lock.lock();
    try {
      return isMoreDue(now, limit) ? take(due(now)::pollFirst, limit) : List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<Hint> take(Supplier<@Nullable Hint> next, int limit) {
    var taken = new ArrayList<Hint>();
    for (Hint hint; taken.size() < limit && (hint = next.get()) != null; ) {
      taken.add(hint);
    }
    signalIfEmpty();
    return taken;
  }

  /** Whether more is due than so many. */
  boolean isMoreDue(Instant now, int than) {
    lock.lock();
    try {
      // The size of a part of the tree would be counted to its end.
      return due(now).stream().skip(than).findAny().isPresent();
    } finally {
      lock.unlock();
    }
  }

  /** Whether anything is, or was, due at this instant. */
  boolean isDue(Instant instant) {
    lock.lock();
    try {
      return !hints.isEmpty() && !hints.first().tryAt().isAfter(instant);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was due at this instant; returns whether there was any. */
  boolean forgetDue(Instant instant) {
    lock.lock();
    try {
      var old = due(instant);
      boolean any = !old.isEmpty();
      old.clear();
      signalIfEmpty();
      return any;
    } finally {
      lock.unlock();
    }
  }

  private NavigableSet<Hint> due(Instant instant) {
    return hints.headSet(Hint.endOf(instant), false);
  }

  private void signalIfEmpty() {
    if (hints.isEmpty()) {
      changed.signalAll();
    }
  }

  /** Waits until it is empty, but no longer than so long. */
  void awaitEmpty(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (!hints.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something is due by this clock, but no longer than so long. */
  void awaitDue(DatabaseClock clock, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    lock.lock();
    try {
      while (true) {
        long left = deadline - System.nanoTime();
        long untilDue = hints.isEmpty() || !clock.isKnown() ? left : nanosUntilFirst(clock.now());
        if (left <= 0 || untilDue <= 0) {
          return;
        }
        changed.awaitNanos(Math.min(left, untilDue));
      }
    } finally {
      lock.unlock();
    }
  }

  private long nanosUntilFirst(Instant now) {
    var wait = Duration.between(now, hints.first().tryAt());
    return wait.compareTo(LENGTH) > 0
        ? LENGTH.toNanos()
        : Math.max(0, TimeUnit.SECONDS.toNanos(wait.getSeconds()) + wait.getNano());
  }

  /** Forgets all hints that are not to be kept. */
  void keep(Predicate<Hint> kept) {
    lock.lock();
    try {
      hints.removeIf(kept.negate());
      signalIfEmpty();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return hints.size();
    } finally {
      lock.unlock();
    }
  }
}
