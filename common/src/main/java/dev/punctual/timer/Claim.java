package dev.punctual.timer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statement that decides who fires: it deletes the timers that are due by the database's clock
 * and that nobody else holds, and only what it returns may have effects.
 */
final class Claim {

  private final JdbcClient jdbc;
  private final DatabaseClock clock;

  Claim(JdbcClient jdbc, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What a claim got.
   *
   * @param at the instant of the claim, by the database's clock
   */
  record Claimed(Instant at, List<FiredTimer> timers) {}

  Claimed claim(TimerKind kind, Collection<String> ids) {
    var timers = new ArrayList<FiredTimer>(ids.size());
    long before = clock.reading();
    // Always a row, so that a claim which finds nothing still says what the database's clock shows.
    var at =
        jdbc.sql(
                """
                WITH due AS MATERIALIZED (
                  SELECT id FROM timers
                  WHERE kind = :kind AND id = ANY(:ids) AND fire_at <= statement_timestamp()
                  ORDER BY id
                  FOR UPDATE SKIP LOCKED
                ), claimed AS (
                  DELETE FROM timers USING due
                  WHERE timers.kind = :kind AND timers.id = due.id
                  RETURNING timers.id, timers.fire_at
                )
                SELECT statement_timestamp() AS at, id, fire_at
                FROM (VALUES (1)) AS always LEFT JOIN claimed ON true
                """)
            .param("kind", kind.sqlName())
            .param("ids", ids.toArray(String[]::new))
            .query(
                (row, number) -> {
                  var claimedAt = row.getObject("at", OffsetDateTime.class).toInstant();
                  if (row.getString("id") != null) {
                    var fireAt = row.getObject("fire_at", OffsetDateTime.class).toInstant();
                    timers.add(new FiredTimer(row.getString("id"), fireAt, claimedAt));
                  }
                  return claimedAt;
                })
            .list()
            .get(0);
    clock.measured(before, at, clock.reading());
    return new Claimed(at, timers);
  }

  /**
   * Moves a timer that cannot be fired out of the way, unless it has been moved to another instant
   * since it was tried; the reason is for whoever looks into it.
   */
  boolean park(Timer timer, String reason) {
    return jdbc.sql(
                """
                WITH failed AS MATERIALIZED (
                  SELECT kind, id FROM timers
                  WHERE kind = :kind AND id = :id AND fire_at = :fireAt
                  FOR UPDATE SKIP LOCKED
                ), taken AS (
                  DELETE FROM timers USING failed
                  WHERE timers.kind = failed.kind AND timers.id = failed.id
                  RETURNING timers.kind, timers.id, timers.slot, timers.fire_at
                )
                INSERT INTO timers_parked (kind, id, slot, fire_at, parked_at, reason)
                SELECT kind, id, slot, fire_at, statement_timestamp(), :reason FROM taken
                ON CONFLICT (kind, id) DO UPDATE
                SET slot = EXCLUDED.slot, fire_at = EXCLUDED.fire_at, parked_at = EXCLUDED.parked_at,
                  reason = EXCLUDED.reason
                """)
            .param("kind", timer.kind().sqlName())
            .param("id", timer.id())
            .param("fireAt", OffsetDateTime.ofInstant(timer.fireAt(), ZoneOffset.UTC))
            .param("reason", reason)
            .update()
        > 0;
  }
}
