package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who or what made an event: exactly one of the three.
 *
 * @param userId the user whose request it was
 * @param occurrence the occurrence of a series that spawned it
 * @param operation what an operator ran: {@code republish}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cause(
    @Nullable String userId, @Nullable Occurrence occurrence, @Nullable String operation) {

  /**
   * An occurrence of a series.
   *
   * @param seriesId the template or the first task of the chain
   * @param local the occurrence's local date-time in the rule's zone, ISO 8601 without offset
   */
  public record Occurrence(String seriesId, String local) {}

  public static Cause user(String userId) {
    return new Cause(userId, null, null);
  }

  public static Cause occurrence(String seriesId, String local) {
    return new Cause(null, new Occurrence(seriesId, local), null);
  }

  /** The current state was asked for again; nothing changed. */
  public static Cause republish() {
    return new Cause(null, null, "republish");
  }
}
