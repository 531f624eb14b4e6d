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
    return read(
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
        """,
        kinds,
        slots,
        dueFor,
        limit);
  }

  /**
   * The youngest of those that were due so long ago, by the database's clock: cheap with any number
   * of older ones, but not all of a slot that has a great many more than the others.
   */
  List<Hint> youngest(Collection<TimerKind> kinds, Short[] slots, Duration dueFor, int limit) {
    // For each slot from its place in the index; a plain ORDER BY would sort all there are. Slots
    // are hashes, so that a few times the share of one is as good as all of it.
    return read(
        """
        SELECT statement_timestamp() AS at, youngest.*
        FROM (VALUES (1)) AS always LEFT JOIN (
          SELECT of_slot.kind, of_slot.id, of_slot.fire_at
          FROM unnest(:kinds) AS k (kind) CROSS JOIN unnest(:slots) AS s (slot) CROSS JOIN LATERAL (
            SELECT timers.kind, id, fire_at FROM timers
            WHERE timers.kind = k.kind AND timers.slot = s.slot
              AND fire_at <= statement_timestamp() - :dueFor * interval '1 millisecond'
            ORDER BY fire_at DESC
            LIMIT 1 + 4 * :limit / nullif(cardinality(:slots), 0)
          ) AS of_slot
          ORDER BY of_slot.fire_at DESC
          LIMIT :limit
        ) AS youngest ON true
        """,
        kinds,
        slots,
        dueFor,
        limit);
  }

  private List<Hint> read(
      String sql, Collection<TimerKind> kinds, Short[] slots, Duration dueFor, int limit) {
    var timers = new ArrayList<Hint>();
    long before = clock.reading();
    // Always a row, so that each look measures the clock, too.
    var at =
        jdbc.sql(sql)
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
