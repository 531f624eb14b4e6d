package dev.punctual.timer;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The engine's health: {@link #readiness} is for the listener, {@link #liveness} for the loops. */
final class TimerHealth {

  /** No pass takes nearly as long; the longest waits half a window. */
  private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

  private TimerHealth() {}

  /** Down while this process listens to no hints and so owns no slots. */
  static HealthIndicator readiness(TimerEngine engine) {
    return () ->
        (engine.isListening()
                ? Health.up()
                : Health.down()
                    .withDetail("reason", "Not in the consumer group: no slots, no hints."))
            .withDetail("owned_slots", engine.ownedSlots())
            .withDetail("in_memory", engine.inMemory())
            .build();
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
