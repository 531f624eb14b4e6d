package dev.punctual.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process's relay is doing, for the log, the metrics and the health. */
final class RelayState {

  private static final Logger log = LoggerFactory.getLogger(RelayState.class);

  private volatile Role role = Role.NONE;
  private volatile @Nullable String failure;
  private volatile boolean needsAnOperator;

  /** What a relay is among the relays of the installation. */
  enum Role {
    /** This process has no relay. */
    NONE,
    STANDBY,
    ACTIVE
  }

  void standingBy() {
    role = Role.STANDBY;
  }

  /** Whether it can work shows only when it has; until then what stopped it counts. */
  void active() {
    role = Role.ACTIVE;
    if (failure == null) {
      log.info("The outbox relay of this process is the active one.");
    }
  }

  /** It has looked, and published what waited, or another process has. */
  void works() {
    if (failure != null) {
      failure = null;
      needsAnOperator = false;
      log.info("The outbox relay of this process {} again.", isActive() ? "works" : "stands by");
    }
  }

  void failed(Throwable e, Duration pause) {
    role = Role.STANDBY;
    var reason = Failure.reason(e);
    var known = reason.equals(failure);
    failure = reason;
    needsAnOperator = Failure.needsAnOperator(e);
    if (known) {
      log.debug("The outbox relay still does not work: {}", reason, e);
    } else if (needsAnOperator) {
      log.error(
          "The outbox relay has stopped: {}. Nothing is lost; events wait in the outbox. Mend the topic, its access rules or"
              + " the settings; it looks again every few seconds.",
          reason);
    } else {
      log.warn(
          "The outbox relay was interrupted: {}. Events wait in the outbox; it tries again in {} ms.",
          reason,
          pause.toMillis(),
          log.isDebugEnabled() ? e : null);
    }
  }

  Role role() {
    return role;
  }

  boolean isActive() {
    return role == Role.ACTIVE;
  }

  /** What stopped it, until it or another one has worked again. */
  @Nullable String failure() {
    return failure;
  }

  boolean needsAnOperator() {
    return needsAnOperator;
  }
}
