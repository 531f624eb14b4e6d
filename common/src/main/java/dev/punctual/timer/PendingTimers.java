package dev.punctual.timer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the table says of the timers that are to come; cheap with any number of them. */
final class PendingTimers {

  /** Up to here they are counted; of more than that, the planner's estimate is good enough. */
  private static final int COUNTED = 100_000;

  private final JdbcClient jdbc;
  private final Collection<TimerKind> kinds;

  PendingTimers(JdbcClient jdbc, Collection<TimerKind> kinds) {
    this.jdbc = jdbc;
    this.kinds = kinds;
  }

  long count() {
    long counted =
        jdbc.sql(
                """
                SELECT count(*) FROM (SELECT FROM timers WHERE kind = ANY(:kinds) LIMIT :most) AS counted
                """)
            .param("kinds", kindNames())
            .param("most", COUNTED)
            .query(Long.class)
            .single();
    return counted < COUNTED ? counted : Math.max(counted, estimate());
  }

  private long estimate() {
    return jdbc.sql("SELECT reltuples::bigint FROM pg_class WHERE oid = 'timers'::regclass")
        .query(Long.class)
        .single();
  }

  /** One timer, as operators see it. */
  record Next(String kind, String id, Instant fireAt) {}

  /** The earliest, of all slots. */
  List<Next> next(int limit) {
    // For each slot from its place in the index; a plain ORDER BY would sort all there are.
    return jdbc.sql(
            """
            SELECT first.kind, first.id, first.fire_at
            FROM unnest(:kinds) AS k (kind) CROSS JOIN generate_series(0, 63) AS s (slot) CROSS JOIN LATERAL (
              SELECT timers.kind, id, fire_at FROM timers
              WHERE timers.kind = k.kind AND timers.slot = s.slot
              ORDER BY fire_at
              LIMIT :limit
            ) AS first
            ORDER BY first.fire_at, first.id
            LIMIT :limit
            """)
        .param("kinds", kindNames())
        .param("limit", limit)
        .query(
            (row, number) ->
                new Next(
                    row.getString("kind"),
                    row.getString("id"),
                    row.getObject("fire_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private String[] kindNames() {
    return kinds.stream().map(TimerKind::sqlName).toArray(String[]::new);
  }
}
