package dev.punctual.recurrenceworker;

import dev.punctual.outbox.Outbox;
import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import dev.punctual.timer.FiredTimer;
import dev.punctual.timer.TimerHandler;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The handlers on a database that is empty when a test begins. Timers are fired as the engine does
 * it, in one transaction, but at the instant that the test says.
 */
final class Spawning {

  private static final Database SHARED = Stack.newDatabase();

  static final CatchUpLimits LIMITS =
      new CatchUpLimits(Duration.ofDays(7), 100, Duration.ofMinutes(5));

  final Database database = SHARED;
  final JdbcClient jdbc = database.jdbc();
  private final Outbox outbox = new Outbox(jdbc, () -> Given.CREATED, () -> {});
  private final Timers timers = new Timers(jdbc, outbox);
  private final SpawnedTasks spawned =
      new SpawnedTasks(jdbc, new Ledger(jdbc, () -> Given.CREATED), timers, outbox);
  private final TimerHandler templates =
      new TemplateHandler(new Templates(jdbc), spawned, timers, outbox, LIMITS);
  private final TimerHandler successors =
      new SuccessorHandler(new CompletedTasks(jdbc), spawned, LIMITS);
  final NewZoneRules zoneRules =
      new NewZoneRules(
          jdbc,
          Objects.requireNonNull(database.transactions().getTransactionManager()),
          new Templates(jdbc),
          timers,
          outbox);
  final Given given = new Given(database, timers);

  /** Leaves nothing of the test before. */
  Spawning() {
    jdbc.sql("DELETE FROM users").update();
    jdbc.sql("DELETE FROM timers").update();
    jdbc.sql("DELETE FROM outbox").update();
  }

  /** Fires everything of the kind that is due; returns how many timers it claimed. */
  int fire(TimerKind kind, Instant now) {
    return fire(kind, now, due(kind, now));
  }

  /** Fires those of the timers that are still due. */
  int fire(TimerKind kind, Instant now, Collection<String> ids) {
    TimerHandler handler = kind == TimerKind.TEMPLATE ? templates : successors;
    Integer fired =
        database
            .transactions()
            .execute(
                status -> {
                  var claimed = claim(kind, now, handler.lockOwners(ids));
                  if (!claimed.isEmpty()) {
                    handler.fire(claimed);
                  }
                  return claimed.size();
                });
    return fired == null ? 0 : fired;
  }

  List<String> due(TimerKind kind, Instant now) {
    return jdbc.sql("SELECT id FROM timers WHERE kind = :kind AND fire_at <= :now ORDER BY id")
        .param("kind", kind.sqlName())
        .param("now", utc(now))
        .query(String.class)
        .list();
  }

  private List<FiredTimer> claim(TimerKind kind, Instant now, Collection<String> ids) {
    return jdbc.sql(
            """
            DELETE FROM timers WHERE kind = :kind AND id = ANY(:ids) AND fire_at <= :now
            RETURNING id, fire_at
            """)
        .param("kind", kind.sqlName())
        .param("ids", ids.toArray(String[]::new))
        .param("now", utc(now))
        .query(
            (row, number) -> new FiredTimer(row.getString("id"), Rows.instant(row, "fire_at"), now))
        .list();
  }

  /** A query's single column, in its order. */
  List<String> texts(String sql, Object... params) {
    return jdbc.sql(sql).params(List.of(params)).query(String.class).list();
  }

  /** The history of a series: local time and state. */
  List<String> ledger(String seriesId) {
    return texts(
        """
        SELECT to_char(occurrence, 'YYYY-MM-DD HH24:MI') || ' ' || state FROM occurrences
        WHERE series_id = ? ORDER BY occurrence, id
        """,
        seriesId);
  }

  /** The due dates of a series' tasks, in UTC; those of a chain without its first task. */
  List<String> dueDates(String seriesId) {
    return texts(
        """
        SELECT to_char(due_date AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') FROM tasks
        WHERE series_id = ? AND id <> series_id ORDER BY due_date
        """,
        seriesId);
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
