package dev.punctual.timer;

import dev.punctual.trace.Spans;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fires batches of timers, each in one transaction: the owners are locked, the timers are claimed,
 * the handler writes what follows from those claimed. A batch that fails is halved, so that a timer
 * whose effects cannot be written ends up alone and is parked. What a failure says of the timers,
 * {@link Failure} knows.
 */
final class Firing {

  private static final Logger log = LoggerFactory.getLogger(Firing.class);
  private static final int LONGEST_REASON = 2000;

  /**
   * A batch, its halves, quarters and eighths: if nothing of it fires, the database is at fault.
   */
  private static final int MOST_DOUBTS = 15;

  private final Map<TimerKind, TimerHandler> handlers = new EnumMap<>(TimerKind.class);
  private final Claim claim;
  private final TransactionTemplate transaction;
  private final FiringObserver observer;
  private final Spans spans;

  Firing(
      Collection<TimerHandler> handlers,
      Claim claim,
      TransactionTemplate transaction,
      FiringObserver observer,
      Spans spans) {
    handlers.forEach(handler -> this.handlers.put(handler.kind(), handler));
    this.claim = claim;
    this.transaction = transaction;
    this.observer = observer;
    this.spans = spans;
  }

  /** What became of a batch: how many it fired, and those to be tried again (never the gone). */
  record Outcome(int fired, List<Hint> locked, List<Hint> early) {

    private Outcome and(Outcome other) {
      return new Outcome(
          fired + other.fired, concat(locked, other.locked), concat(early, other.early));
    }

    private static List<Hint> concat(List<Hint> some, List<Hint> others) {
      var all = new ArrayList<>(some);
      all.addAll(others);
      return all;
    }
  }

  /** The kinds that this process fires. */
  Set<TimerKind> kinds() {
    return handlers.keySet();
  }

  /**
   * Fires what is still due of these timers.
   *
   * @throws RuntimeException if the database cannot be worked with; the timers are as they were
   */
  Outcome fire(List<Hint> batch) {
    return batch.stream().collect(Collectors.groupingBy(Hint::kind)).values().stream()
        .map(this::fireOrHalve)
        .reduce(new Outcome(0, List.of(), List.of()), Outcome::and);
  }

  private Outcome fireOrHalve(List<Hint> whole) {
    var outcome = new Outcome(0, List.of(), List.of());
    var parts = new ArrayDeque<List<Hint>>(List.of(whole));
    var doubtful = new ArrayList<Failed>();
    int doubts = 0;
    while (!parts.isEmpty()) {
      var part = parts.remove();
      var tried = new ArrayList<FiredTimer>(part.size());
      try {
        outcome = outcome.and(fireAll(part, tried));
      } catch (RuntimeException | Error e) {
        var failure = Failure.of(e);
        doubts += failure == Failure.DOUBTFUL ? 1 : 0;
        boolean isHopeless = doubts >= MOST_DOUBTS && outcome.fired() == 0;
        if (failure == Failure.SURROUNDINGS || isHopeless) {
          throw e;
        }
        if (part.size() > 1) {
          halve(part, failure, parts);
        } else {
          switch (failure) {
            case TIMER -> park(new Failed(part.get(0), tried, e));
            case DOUBTFUL -> doubtful.add(new Failed(part.get(0), tried, e));
            case CONTENTION -> outcome = outcome.and(new Outcome(0, part, List.of()));
            default -> throw e;
          }
        }
      }
    }
    settle(doubtful, outcome);
    return outcome;
  }

  private static void halve(List<Hint> part, Failure failure, Deque<List<Hint>> parts) {
    var left = part.subList(0, part.size() / 2);
    var right = part.subList(part.size() / 2, part.size());
    if (failure == Failure.DOUBTFUL) {
      // The large parts first: one that fires clears the database.
      parts.addLast(left);
      parts.addLast(right);
    } else {
      parts.addFirst(right);
      parts.addFirst(left);
    }
  }

  /** Those that failed while others fired are at fault themselves. */
  private void settle(List<Failed> doubtful, Outcome outcome) {
    if (!doubtful.isEmpty() && outcome.fired() == 0) {
      throw new IllegalStateException(
          "Nothing can be fired; the database is not as this program knows it, or damaged.",
          doubtful.get(0).failure());
    }
    doubtful.forEach(this::park);
  }

  /** A timer that failed alone, as the hint had it and as it was claimed. */
  private record Failed(Hint hint, List<FiredTimer> claimed, Throwable failure) {

    Timer timer() {
      var fireAt = claimed.isEmpty() ? hint.fireAt() : claimed.get(0).fireAt();
      return new Timer(hint.kind(), hint.id(), fireAt);
    }
  }

  /**
   * @param tried takes what was claimed, also if it could not be fired then
   */
  private Outcome fireAll(List<Hint> batch, List<FiredTimer> tried) {
    var handler = handlers.get(batch.get(0).kind());
    if (handler == null) {
      return new Outcome(0, List.of(), List.of());
    }
    var ids = batch.stream().map(Hint::id).distinct().sorted().toList();
    var result =
        spans.within(
            "fire " + handler.kind().sqlName(),
            batch.stream().map(Hint::traceParent).toList(),
            () -> claimAndFire(handler, ids, tried));
    observer.fired(handler.kind(), result.claimed().timers());
    return outcome(batch, result);
  }

  private Result claimAndFire(TimerHandler handler, List<String> ids, List<FiredTimer> tried) {
    return transaction.execute(
        status -> {
          var free = handler.lockOwners(ids);
          var claimed = claim.claim(handler.kind(), free);
          tried.addAll(claimed.timers());
          if (!claimed.timers().isEmpty()) {
            handler.fire(claimed.timers());
          }
          return new Result(free, claimed);
        });
  }

  private record Result(Set<String> free, Claim.Claimed claimed) {}

  private Outcome outcome(List<Hint> batch, Result result) {
    var fired = result.claimed().timers().stream().map(FiredTimer::id).collect(Collectors.toSet());
    Instant now = result.claimed().at();
    var locked = new ArrayList<Hint>();
    var early = new ArrayList<Hint>();
    int lost = 0;
    for (var hint : batch) {
      if (!result.free().contains(hint.id())) {
        locked.add(hint);
      } else if (hint.fireAt().isAfter(now)) {
        early.add(hint);
      } else if (!fired.contains(hint.id())) {
        lost++;
      }
    }
    observer.missed(batch.get(0).kind(), lost, locked.size());
    return new Outcome(fired.size(), locked, early);
  }

  private void park(Failed failed) {
    var timer = failed.timer();
    var text = failed.failure().toString();
    var reason = text.substring(0, Math.min(text.length(), LONGEST_REASON));
    var parked = transaction.execute(status -> claim.park(timer, reason));
    if (Boolean.TRUE.equals(parked)) {
      observer.parked(timer.kind());
      log.error(
          "Parked the {} timer of {} that was due at {}: its effects cannot be written. It is in timers_parked;"
              + " when the cause is mended, move it back to timers.",
          timer.kind().sqlName(),
          timer.id(),
          timer.fireAt(),
          failed.failure());
    }
  }
}
