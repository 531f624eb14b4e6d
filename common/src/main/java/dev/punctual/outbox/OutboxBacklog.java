package dev.punctual.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** What waits in the outbox, for the metrics: asked of the database once for each scrape. */
final class OutboxBacklog {

  private static final Duration OF_ONE_SCRAPE = Duration.ofMillis(500);

  /** While the database is away: no figure is better than a wrong one. */
  private static final Backlog UNKNOWN = new Backlog(Double.NaN, Double.NaN, Double.NaN);

  private final JdbcClient jdbc;
  private @Nullable Backlog last;
  private long readAt;

  OutboxBacklog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param depth how many events wait; more than 100,000 are not counted
   * @param age seconds since the oldest of them was appended; 0 if none waits
   * @param parked how many events Kafka refused
   */
  record Backlog(double depth, double age, double parked) {}

  synchronized Backlog read() {
    var known = last;
    if (known == null || System.nanoTime() - readAt > OF_ONE_SCRAPE.toNanos()) {
      known = ask();
      last = known;
      readAt = System.nanoTime();
    }
    return known;
  }

  private Backlog ask() {
    try {
      return jdbc.sql(
              """
              SELECT (SELECT count(*) FROM (SELECT FROM outbox LIMIT 100000) AS waiting) AS depth,
                     coalesce(extract(epoch FROM clock_timestamp() - (SELECT created_at FROM outbox ORDER BY id LIMIT 1)), 0) AS age,
                     (SELECT count(*) FROM outbox_parked) AS parked
              """)
          .query(Backlog.class)
          .single();
    } catch (DataAccessException | TransactionException e) {
      return UNKNOWN;
    }
  }
}
