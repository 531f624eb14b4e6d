package dev.punctual.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Hears of each step of a pass. Between any two of them a crash must lose nothing and repeat
 * nothing.
 */
public interface RelayObserver {

  /** The steps of a pass, in their order. */
  enum Step {
    /** The batch was read; nothing is on Kafka. */
    SELECTED,
    /** Half of its records were handed to the producer. */
    SENDING,
    /** All of them were; the transaction is open. */
    SENT,
    /** The Kafka transaction is committed; the rows are still there. */
    COMMITTED,
    /** The rows are gone. */
    DELETED
  }

  /**
   * Called on the relay's threads: {@link Step#DELETED} on one of its own, since the relay goes on
   * with the next batch meanwhile.
   *
   * @param appended when each event of the batch was appended, by the database's clock
   */
  void reached(Step step, List<Instant> appended);

  /** Called on the relay's thread after each search for waiting events. */
  default void searched(Duration took) {}
}
