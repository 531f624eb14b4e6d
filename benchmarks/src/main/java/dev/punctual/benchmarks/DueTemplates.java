package dev.punctual.benchmarks;

import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.id.Slot;
import dev.punctual.schema.SchemaMigration;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A new database with templates of a thousand users that are all due at one instant. */
final class DueTemplates {

  private static final long LOOK_EVERY = 20_000_000;

  private final String jdbcUrl;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  DueTemplates(EmbeddedPostgres postgres, String database) throws SQLException {
    postgres.createDatabase(database);
    jdbcUrl = postgres.jdbcUrl(database);
    SchemaMigration.migrate(postgres.dataSource(database));
    var connection =
        new SingleConnectionDataSource(postgres.dataSource(database).getConnection(), true);
    jdbc = JdbcClient.create(connection);
    transaction = new TransactionTemplate(new JdbcTransactionManager(connection));
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  TransactionTemplate transaction() {
    return transaction;
  }

  /** The instant by the database's clock, in whole seconds. */
  Instant now() {
    return jdbc.sql("SELECT date_trunc('second', clock_timestamp())")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  /** Templates that are due tomorrow. */
  void insert(int templates) {
    String[] ids =
        Stream.generate(() -> UUID.randomUUID().toString()).limit(templates).toArray(String[]::new);
    Short[] slots = Stream.of(ids).map(id -> (short) Slot.of(id)).toArray(Short[]::new);
    var due = OffsetDateTime.ofInstant(now().plus(Duration.ofDays(1)), ZoneOffset.UTC);
    jdbc.sql(
            """
            INSERT INTO users (id, email, name)
            SELECT 'user' || n, n || '@example.com', 'Alice' FROM generate_series(0, 999) AS n
            """)
        .update();
    jdbc.sql(
            """
            INSERT INTO recurring_tasks
              (id, user_id, title, description, recurrence_rule, next_due_at, start_at)
            SELECT id, 'user' || n % 1000, 'Water the plants of room ' || n, 'All of them, and not too much.',
                   '{"frequency": "daily"}', :due, :due AT TIME ZONE 'UTC'
            FROM unnest(:ids::text[]) WITH ORDINALITY AS t (id, n)
            """)
        .param("ids", ids)
        .param("due", due)
        .update();
    jdbc.sql(
            """
            INSERT INTO timers (kind, id, slot, fire_at)
            SELECT 'template', id, slot, :due FROM unnest(:ids::text[], :slots::smallint[]) AS t (id, slot)
            """)
        .param("ids", ids)
        .param("slots", slots)
        .param("due", due)
        .update();
  }

  /** Makes them all due at this instant. */
  void moveTo(Instant dueAt) {
    var due = OffsetDateTime.ofInstant(dueAt, ZoneOffset.UTC);
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  "UPDATE recurring_tasks SET next_due_at = :due, start_at = :due AT TIME ZONE 'UTC'")
              .param("due", due)
              .update();
          jdbc.sql("UPDATE timers SET fire_at = :due").param("due", due).update();
        });
    jdbc.sql("VACUUM ANALYZE").update();
    jdbc.sql("CHECKPOINT").update();
  }

  /** Waits until so many events have been appended; returns the seconds since the instant. */
  double awaitEvents(int events, Instant since) {
    while (true) {
      var appended =
          jdbc.sql("SELECT coalesce(pg_sequence_last_value('outbox_id_seq'), 0)")
              .query(Long.class)
              .single();
      if (appended >= events
          && jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single() >= events) {
        return jdbc.sql("SELECT extract(epoch FROM max(created_at) - :since)::float8 FROM outbox")
            .param("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
            .query(Double.class)
            .single();
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
  }

  /** Each template has its task, its line in the ledger, its two events and its next timer. */
  void verify(int templates) {
    String counts =
        jdbc.sql(
                """
                SELECT concat_ws(' ', (SELECT count(*) FROM tasks), (SELECT count(*) FROM occurrences),
                  (SELECT count(*) FROM outbox), (SELECT count(*) FROM timers WHERE fire_at > now()))
                """)
            .query(String.class)
            .single();
    if (!counts.equals("%1$d %1$d %2$d %1$d".formatted(templates, 2 * templates))) {
      throw new IllegalStateException("Not everything was spawned: " + counts);
    }
  }
}
