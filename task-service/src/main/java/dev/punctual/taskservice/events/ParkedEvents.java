package dev.punctual.taskservice.events;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Events that Kafka refused for themselves. */
final class ParkedEvents {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  ParkedEvents(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Moves an event back into the outbox, after all that waits there; false if it is not parked any
   * more.
   */
  boolean putBack(String eventId) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status ->
                // The deletion comes first, and gives the transaction its id before the outbox
                // gives
                // the row one: what Outbox promises to ScanFloor.
                jdbc.sql(
                            """
                            WITH parked AS (DELETE FROM outbox_parked WHERE event_id = :eventId RETURNING *)
                            INSERT INTO outbox (topic, key, event_id, type, payload, headers)
                            SELECT topic, key, event_id, type, payload, headers FROM parked
                            """)
                        .param("eventId", eventId)
                        .update()
                    > 0));
  }
}
