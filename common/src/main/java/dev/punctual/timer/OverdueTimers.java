package dev.punctual.timer;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads from the table which timers are overdue, without locking anything. */
final class OverdueTimers {

  private final JdbcClient jdbc;

  OverdueTimers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The oldest of those that were due so long ago, by the database's clock. */
  List<Hint> oldest(Collection<TimerKind> kinds, Short[] slots, Duration dueFor, int limit) {
    if (slots.length == 0) {
      return List.of();
    }
    return jdbc.sql(
            """
            SELECT kind, id, fire_at FROM timers
            WHERE kind = ANY(:kinds) AND slot = ANY(:slots)
              AND fire_at <= statement_timestamp() - :dueFor * interval '1 millisecond'
            ORDER BY fire_at
            LIMIT :limit
            """)
        .param("kinds", kinds.stream().map(TimerKind::sqlName).toArray(String[]::new))
        .param("slots", slots)
        .param("dueFor", dueFor.toMillis())
        .param("limit", limit)
        .query(
            (row, number) ->
                Hint.of(
                    new Timer(
                        TimerKind.of(row.getString("kind")),
                        row.getString("id"),
                        row.getObject("fire_at", OffsetDateTime.class).toInstant())))
        .list();
  }
}
