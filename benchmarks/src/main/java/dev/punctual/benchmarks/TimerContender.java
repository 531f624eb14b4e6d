package dev.punctual.benchmarks;

import java.io.IOException;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A way to fire timers, on a database of its own. Its effects are rows in notifications. */
interface TimerContender extends AutoCloseable {

  JdbcClient jdbc();

  /** Puts the timers of a load where this contender finds them. */
  void schedule(TimerLoad load);

  /** How long it may take to schedule so many. */
  default Duration longestToSchedule(int count) {
    return Duration.ofSeconds(30).multipliedBy(count).dividedBy(100_000);
  }

  /** How long before their instant so many have to be there. */
  default Duration leastLead(int count) {
    return Duration.ZERO;
  }

  /** Starts a process that fires; may be called again for one more. */
  void start() throws IOException;

  @Override
  void close() throws IOException;
}
