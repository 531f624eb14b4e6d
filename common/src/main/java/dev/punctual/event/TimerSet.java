package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * A hint that a timer falls due soon. The row in {@code timers} decides whether it fires; the hint
 * may be stale.
 *
 * @param timerKind {@code reminder}, {@code template} or {@code successor}
 * @param timerId the id of the task or template that the timer belongs to
 */
public record TimerSet(String timerKind, String timerId, Instant fireAt) implements Event {

  @Override
  @JsonIgnore
  public String type() {
    return "timer.set";
  }

  @Override
  @JsonIgnore
  public Topic topic() {
    return Topic.TIMERS;
  }

  @Override
  @JsonIgnore
  public String key() {
    return timerId;
  }
}
