package dev.punctual.outbox;

import dev.punctual.event.DataSchema;
import dev.punctual.event.Topics;
import dev.punctual.outbox.ScanFloor.Horizon;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The rows of the outbox, as the relay reads and deletes them: each statement commits by itself.
 */
final class WaitingEvents {

  /** Often enough that the rows between the floor and the oldest waiting event cost little. */
  private static final int HORIZON_EVERY = 1_000;

  private final JdbcClient jdbc;
  private final ScanFloor floor = new ScanFloor();
  private int readSinceHorizon;

  WaitingEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * On a connection that nothing else uses. The outbox is empty when its plans are made, and they
   * are kept: one that reads all of it would be chosen then, and would not do when it is full.
   */
  static WaitingEvents on(Connection connection) {
    var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    jdbc.sql("SET enable_seqscan = off").update();
    jdbc.sql("SET enable_sort = off").update();
    return new WaitingEvents(jdbc);
  }

  /**
   * The oldest, up to a number. There is no cursor, so a transaction that commits late is never
   * passed over.
   *
   * @param except events whose rows are being deleted
   */
  List<WaitingEvent> oldest(int limit, Batch except) {
    var horizon = readSinceHorizon >= HORIZON_EVERY ? horizon() : null;
    var oldest =
        jdbc.sql(
                """
                SELECT id, topic, key, event_id, type, payload, headers, created_at
                FROM outbox
                WHERE id > (SELECT CASE WHEN pg_relation_filenode('outbox') = :table THEN :floor ELSE 0 END)
                  AND id NOT IN (SELECT unnest(:except::bigint[])) -- hashed; <> ALL compares with each
                ORDER BY id LIMIT :limit
                """)
            .param("table", floor.table())
            .param("floor", floor.value())
            .param("except", except.ids().toArray(Long[]::new))
            .param("limit", limit)
            .query(WaitingEvents::row)
            .list();
    readSinceHorizon += oldest.size();
    if (horizon != null) {
      floor.observe(horizon, oldest.isEmpty() ? Long.MAX_VALUE : oldest.get(0).id());
      readSinceHorizon = 0;
    }
    return oldest;
  }

  /** Where {@link #oldest} begins. */
  long floor() {
    return floor.value();
  }

  private static WaitingEvent row(ResultSet row, int number) throws SQLException {
    return new WaitingEvent(
        row.getLong("id"),
        row.getString("topic"),
        row.getString("key"),
        row.getString("event_id"),
        row.getString("type"),
        row.getString("payload"),
        row.getString("headers"),
        row.getTimestamp("created_at").toInstant());
  }

  private Horizon horizon() {
    return jdbc.sql(
            """
            SELECT pg_current_xact_id()::text::bigint AS transaction,
                   pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_transaction,
                   coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')::regclass), 0) AS last_outbox_id,
                   pg_relation_filenode('outbox') AS "table"
            """)
        .query(Horizon.class)
        .single();
  }

  /** Those of the events whose rows are there, in the same order. */
  List<WaitingEvent> stillThere(List<WaitingEvent> events) {
    var batch = Batch.of(events);
    var there =
        Set.copyOf(
            jdbc.sql(
                    "SELECT event_id FROM outbox WHERE id = ANY(:ids) AND event_id = ANY(:eventIds)")
                .param("ids", batch.ids().toArray(Long[]::new))
                .param("eventIds", batch.eventIds().toArray(String[]::new))
                .query(String.class)
                .list());
    return events.stream().filter(event -> there.contains(event.eventId())).toList();
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
   * through the outbox. A pointer that is refused gets none.
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
            FROM refused WHERE right(topic, length(:deadLetters)) <> :deadLetters
            """)
        .param("id", refused.id())
        .param("eventId", refused.eventId())
        .param("reason", reason)
        .param("deadLetters", Topics.DEAD_LETTERS)
        .param("dataSchema", DataSchema.of("outbox.parked"))
        .update();
  }
}
