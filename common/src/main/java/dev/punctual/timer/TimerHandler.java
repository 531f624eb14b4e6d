package dev.punctual.timer;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What happens when timers of one kind fire. The engine calls both methods in one transaction:
 * first the owners are locked, then the engine claims the timers whose owners are locked (it
 * deletes those that are still due), and only what it claimed has its effects written. A handler
 * keeps no state and may be called by several threads.
 */
public interface TimerHandler {

  TimerKind kind();

  /**
   * Locks the rows that own the timers (tasks or templates), in the order of their ids, with {@code
   * FOR UPDATE SKIP LOCKED}.
   *
   * @return the ids to claim: those locked, and those whose owner is gone, so that their timers go
   *     too
   */
  Set<String> lockOwners(Collection<String> timerIds);

  /**
   * Writes the effects of timers that this transaction claimed: rows, new timers and events.
   *
   * @throws RuntimeException rolls the whole batch back; the engine then halves it, until the one
   *     that fails is alone and is parked with the reason
   */
  void fire(List<FiredTimer> claimed);
}
