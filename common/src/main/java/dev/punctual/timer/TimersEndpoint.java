package dev.punctual.timer;

import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code GET /actuator/timers}: what this process holds, and the next ten timers of all. */
@Endpoint(id = "timers")
final class TimersEndpoint {

  private static final int SHOWN = 10;

  private final TimerEngine engine;
  private final PendingTimers pending;

  TimersEndpoint(TimerEngine engine, PendingTimers pending) {
    this.engine = engine;
    this.pending = pending;
  }

  record Shown(int ownedSlots, int inMemory, long pending, List<PendingTimers.Next> next) {}

  @ReadOperation
  Shown timers() {
    return new Shown(engine.ownedSlots(), engine.inMemory(), pending.count(), pending.next(SHOWN));
  }
}
