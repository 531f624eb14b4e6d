package dev.punctual.timer;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills the near window from the table, and measures the database's clock. */
final class WindowLoad {

  /** Rows that are in memory at once beside those in the window. */
  private static final int FETCH = 2000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final DatabaseClock clock;
  private final NearWindow window;
  private final Collection<TimerKind> kinds;
  private final OwnedSlots slots;

  WindowLoad(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      DatabaseClock clock,
      NearWindow window,
      Collection<TimerKind> kinds,
      OwnedSlots slots) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
    this.window = window;
    this.kinds = kinds;
    this.slots = slots;
  }

  /** Loads what falls due in our slots from now to the end of a window that begins now. */
  void runOnce() {
    var now = clock.measure(jdbc);
    var end = now.plus(NearWindow.LENGTH);
    // Before the snapshot of the load: what is committed after it comes as a hint, and is taken.
    window.extendTo(end);
    var current = slots.owned();
    if (current.length > 0) {
      transaction.executeWithoutResult(status -> load(current, now, end));
    }
  }

  private void load(Short[] current, Instant now, Instant end) {
    jdbc.sql(
            """
            SELECT kind, id, fire_at FROM timers
            WHERE kind = ANY(:kinds) AND slot = ANY(:slots) AND fire_at > :after AND fire_at <= :end
            """)
        .withFetchSize(FETCH)
        .param("kinds", kinds.stream().map(TimerKind::sqlName).toArray(String[]::new))
        .param("slots", current)
        .param(
            "after",
            OffsetDateTime.ofInstant(now.minus(PunctualLane.OVERDUE_AFTER), ZoneOffset.UTC))
        .param("end", OffsetDateTime.ofInstant(end, ZoneOffset.UTC))
        .query(
            row -> {
              window.offer(
                  Hint.of(
                      new Timer(
                          TimerKind.of(row.getString("kind")),
                          row.getString("id"),
                          row.getObject("fire_at", OffsetDateTime.class).toInstant())));
            });
  }
}
