package dev.punctual.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One date-time that a rule produces.
 *
 * @param local what the rule says, on the wall clock of its zone
 * @param at the instant this is; in a gap later than {@code local} by the gap, in an overlap the
 *     earlier of the two
 * @param note why {@code local} or {@code at} may surprise; null if nothing does
 */
public record Occurrence(LocalDateTime local, Instant at, @Nullable Note note) {

  /** Why an occurrence is not plainly what the rule says. */
  public enum Note {
    /** The local time does not exist on that day; the instant is shifted forward by the gap. */
    GAP,
    /** The local time comes twice on that day; the instant is the first. */
    OVERLAP,
    /** The month has no such day; a near one stands in. */
    CLAMPED
  }
}
