package dev.punctual.timer;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads from the table which timers are overdue, without locking anything. */
final class OverdueTimers {

  private final JdbcClient jdbc;
  private final DatabaseClock clock;

  OverdueTimers(JdbcClient jdbc, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The oldest of those that were due so long ago, by the database's clock. */
  List<Hint> oldest(Collection<TimerKind> kinds, Short[] slots, Duration dueFor, int limit) {
    if (slots.length == 0) {
      return List.of();
    }
    var timers = new ArrayList<Hint>();
    long before = clock.reading();
    // Always a row, so that each look measures the clock, too.
    var at =
        jdbc.sql(
                """
                SELECT statement_timestamp() AS at, oldest.*
                FROM (VALUES (1)) AS always LEFT JOIN (
                  SELECT kind, id, fire_at FROM timers
                  WHERE kind = ANY(:kinds) AND slot = ANY(:slots)
                    AND fire_at <= statement_timestamp() - :dueFor * interval '1 millisecond'
                  ORDER BY fire_at
                  LIMIT :limit
                ) AS oldest ON true
                ORDER BY fire_at
                """)
            .param("kinds", kinds.stream().map(TimerKind::sqlName).toArray(String[]::new))
            .param("slots", slots)
            .param("dueFor", dueFor.toMillis())
            .param("limit", limit)
            .query(
                (row, number) -> {
                  var id = row.getString("id");
                  if (id != null) {
                    var kind = TimerKind.of(row.getString("kind"));
                    var fireAt = row.getObject("fire_at", OffsetDateTime.class).toInstant();
                    timers.add(Hint.of(new Timer(kind, id, fireAt)));
                  }
                  return row.getObject("at", OffsetDateTime.class).toInstant();
                })
            .list()
            .get(0);
    clock.measured(before, at, clock.reading());
    return timers;
  }
}
