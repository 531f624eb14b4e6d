package dev.punctual.recurrence;

import java.time.Duration;

/**
 * What is made up for after an outage.
 *
 * @param window how far back {@link Policy#ALL} looks
 * @param cap how many past occurrences {@link Policy#ALL} makes up for at most, the latest ones
 * @param grace how late an occurrence may be and yet count as on time for {@link Policy#NONE}
 */
public record CatchUp(Policy policy, Duration window, int cap, Duration grace) {

  /** Which of the occurrences that were missed are made up for. */
  public enum Policy {
    /** The latest one only. */
    LATEST,
    /** All of them, within a window and a cap. */
    ALL,
    /** None of them. */
    NONE
  }

  /** The policy with its usual limits: a week, 100 occurrences, five minutes. */
  public static CatchUp of(Policy policy) {
    return new CatchUp(policy, Duration.ofDays(7), 100, Duration.ofMinutes(5));
  }
}
