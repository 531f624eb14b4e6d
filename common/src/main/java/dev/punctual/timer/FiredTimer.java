package dev.punctual.timer;

import java.time.Instant;

/**
 * A timer that this transaction claimed.
 *
 * @param fireAt the instant at which it was due
 * @param firedAt the instant of the claim, by the database's clock; never before {@code fireAt}
 */
public record FiredTimer(String id, Instant fireAt, Instant firedAt) {}
