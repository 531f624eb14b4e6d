package dev.punctual.timer;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The engine's health: {@link #readiness} is for the listener, {@link #liveness} for the loops. */
final class TimerHealth {

  /**
   * A pass is a batch or a page of the load. The longest ones wait: the load for half a window, a
   * batch for the statement timeout of PostgreSQL, and the listener for Kafka.
   */
  private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

  private TimerHealth() {}

  /** Down while others have to fire what is ours: we do not hear the group, or cannot fire. */
  static HealthIndicator readiness(TimerEngine engine) {
    return () ->
        health(engine)
            .withDetail("owned_slots", engine.ownedSlots())
            .withDetail("in_memory", engine.inMemory())
            .build();
  }

  private static Health.Builder health(TimerEngine engine) {
    if (!engine.isFiring()) {
      return Health.down()
          .withDetail("reason", "The database does not answer, or refuses all: see the log.");
    }
    if (!engine.isListening()) {
      return Health.down()
          .withDetail("reason", "Not in the consumer group: no hints, no slots for certain.");
    }
    return Health.up();
  }

  /** Down when a loop died or does not come to the end of a pass: only a restart helps. */
  static HealthIndicator liveness(TimerEngine engine) {
    return () ->
        engine.loops().stream()
            .filter(loop -> loop.hasStarted() && !loop.isTurning(STUCK_AFTER))
            .findFirst()
            .map(
                stuck ->
                    Health.down()
                        .withDetail("loop", stuck.name())
                        .withDetail("no_pass_ended_for_s", stuck.sinceLastTurn().toSeconds())
                        .build())
            .orElseGet(() -> Health.up().build());
  }
}
