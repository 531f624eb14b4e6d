package dev.punctual.outbox;

import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The relay's health. It is no part of a service's readiness: while nothing can be published,
 * requests are answered and events wait in the outbox.
 */
final class RelayHealth {

  private RelayHealth() {}

  /** Down with the reason while this process's relay has failed and no relay works. */
  static HealthIndicator of(RelayState state) {
    return () -> {
      var reason = state.failure();
      var health =
          reason == null
              ? Health.up()
              : Health.down()
                  .withDetail("reason", reason)
                  .withDetail("needs_an_operator", state.needsAnOperator());
      return health.withDetail("role", state.role().name().toLowerCase(Locale.ROOT)).build();
    };
  }
}
