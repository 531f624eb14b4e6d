package dev.punctual.outbox;

import dev.punctual.event.DataSchema;
import dev.punctual.event.Topics;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of the outbox, as the relay reads and deletes them: each statement commits by itself.
 */
final class WaitingEvents {

  private final JdbcClient jdbc;

  WaitingEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The oldest, up to a number. There is no cursor, so a transaction that commits late is never
   * passed over.
   */
  List<WaitingEvent> oldest(int limit) {
    return jdbc.sql(
            """
            SELECT id, topic, key, event_id, type, payload, headers, created_at
            FROM outbox ORDER BY id LIMIT :limit
            """)
        .param("limit", limit)
        .query(WaitingEvent.class)
        .list();
  }

  /** Deletes what a committed Kafka transaction holds; rows that are gone already are no error. */
  void delete(Batch published) {
    jdbc.sql(
            """
            DELETE FROM outbox USING unnest(:ids::bigint[], :eventIds::text[]) AS published (id, event_id)
            WHERE outbox.id = published.id AND outbox.event_id = published.event_id
            """)
        .param("ids", published.ids().toArray(Long[]::new))
        .param("eventIds", published.eventIds().toArray(String[]::new))
        .update();
  }

  /**
   * Moves a record that Kafka refuses out of the way; a pointer to it goes to the dead letters,
   * through the outbox.
   */
  void park(WaitingEvent refused, String reason) {
    jdbc.sql(
            """
            WITH refused AS (
              DELETE FROM outbox WHERE id = :id AND event_id = :eventId RETURNING *
            ), parked AS (
              INSERT INTO outbox_parked (id, topic, key, event_id, type, payload, headers, created_at, reason)
              SELECT id, topic, key, event_id, type, payload, headers, created_at, :reason FROM refused
            )
            INSERT INTO outbox (topic, key, event_id, type, payload, headers)
            SELECT topic || :deadLetters, key, gen_random_uuid()::text, 'outbox.parked',
                   json_build_object('outbox_id', id, 'event_id', event_id, 'type', type, 'reason', :reason)::text,
                   (headers::jsonb || jsonb_build_object('ce_dataschema', :dataSchema))::text
            FROM refused
            """)
        .param("id", refused.id())
        .param("eventId", refused.eventId())
        .param("reason", reason)
        .param("deadLetters", Topics.DEAD_LETTERS)
        .param("dataSchema", DataSchema.of("outbox.parked"))
        .update();
  }
}
