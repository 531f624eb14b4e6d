package dev.punctual.outbox;

import dev.punctual.event.Event;
import dev.punctual.event.EventJson;
import dev.punctual.id.UuidV7;
import dev.punctual.trace.TraceParent;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where events wait for Kafka. An event appended in a transaction is published once if the
 * transaction commits, and never if it does not.
 *
 * <p>Append after the row that the event is about has been locked or inserted: then, for one row,
 * the order of the outbox's ids is the order of the commits, and consumers see it.
 */
public final class Outbox {

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final Wakeup wakeup;

  public Outbox(JdbcClient jdbc, InstantSource clock, Wakeup wakeup) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.wakeup = wakeup;
  }

  /** Appends one event. */
  public void append(Event event) {
    append(List.of(event));
  }

  /**
   * Appends events in their order, with one statement.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void append(Collection<? extends Event> events) {
    if (events.isEmpty()) {
      return;
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "Events are appended in the transaction that makes them true; none is active.");
    }
    var now = clock.instant();
    var trace = TraceParent.current();
    jdbc.sql(
            """
            INSERT INTO outbox (topic, key, event_id, type, payload, headers)
            SELECT topic, key, event_id, type, payload, headers
            FROM unnest(:topics::text[], :keys::text[], :eventIds::text[], :types::text[], :payloads::text[],
                        :headers::text[]) WITH ORDINALITY AS e (topic, key, event_id, type, payload, headers, n)
            WHERE pg_current_xact_id() IS NOT NULL -- a transaction id before an outbox id: see ScanFloor
            ORDER BY n
            """)
        .param("topics", events.stream().map(e -> e.topic().baseName()).toArray(String[]::new))
        .param("keys", events.stream().map(Event::key).toArray(String[]::new))
        .param("eventIds", events.stream().map(e -> UuidV7.at(now)).toArray(String[]::new))
        .param("types", events.stream().map(Event::type).toArray(String[]::new))
        .param("payloads", events.stream().map(EventJson::write).toArray(String[]::new))
        .param(
            "headers",
            events.stream().map(e -> RecordHeaders.of(e, now, trace)).toArray(String[]::new))
        .update();
    wakeAfterCommit();
  }

  private void wakeAfterCommit() {
    if (TransactionSynchronizationManager.hasResource(this)) {
      return;
    }
    TransactionSynchronizationManager.bindResource(this, true);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            wakeup.raise();
          }

          @Override
          public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResource(Outbox.this);
          }
        });
  }
}
