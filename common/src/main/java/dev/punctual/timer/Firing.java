package dev.punctual.timer;

import dev.punctual.trace.Spans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
 * whose effects cannot be written ends up alone and is parked.
 */
final class Firing {

  private static final Logger log = LoggerFactory.getLogger(Firing.class);
  private static final int LONGEST_REASON = 2000;

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

  private Outcome fireOrHalve(List<Hint> batch) {
    var tried = new ArrayList<FiredTimer>(batch.size());
    try {
      return fireAll(batch, tried);
    } catch (RuntimeException | Error e) {
      var failure = Failure.of(e);
      if (failure == Failure.SURROUNDINGS) {
        throw e;
      }
      if (batch.size() > 1) {
        int half = batch.size() / 2;
        return fireOrHalve(batch.subList(0, half))
            .and(fireOrHalve(batch.subList(half, batch.size())));
      }
      if (failure == Failure.TIMER) {
        var hint = batch.get(0);
        var fireAt = tried.isEmpty() ? hint.fireAt() : tried.get(0).fireAt();
        park(new Timer(hint.kind(), hint.id(), fireAt), e);
        return new Outcome(0, List.of(), List.of());
      }
      return new Outcome(0, batch, List.of());
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

  private void park(Timer timer, Throwable failure) {
    var text = failure.toString();
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
          failure);
    }
  }
}
