package dev.punctual.benchmarks;

import dev.punctual.id.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** So many reminders, the first at this instant and each so long after the one before. */
record TimerLoad(String prefix, int count, Instant first, Duration apart) {

  private static final int CHUNK = 200_000;
  private static final int USERS = 1000;

  /** An id as long as a UUID, as the product's are. */
  String id(int n) {
    return "01900000-0000-7000-%s-%012d".formatted(prefix, n);
  }

  OffsetDateTime start() {
    return first.atOffset(ZoneOffset.UTC);
  }

  double apartSeconds() {
    return apart.toNanos() / 1e9;
  }

  Instant last() {
    return first.plus(apart.multipliedBy(count));
  }

  String idPattern() {
    return "01900000-0000-7000-" + prefix + "-%";
  }

  /** Waits until all are fired, but no longer than so long after the last instant. */
  boolean awaitFired(JdbcClient jdbc, Duration patience) {
    Waiting.until(last());
    return Waiting.until(
        () ->
            jdbc.sql("SELECT count(*) FROM notifications WHERE task_id LIKE :ids")
                    .param("ids", idPattern())
                    .query(Long.class)
                    .single()
                >= count,
        patience);
  }

  void mustBeFired(JdbcClient jdbc, Duration patience) {
    if (!awaitFired(jdbc, patience)) {
      throw new IllegalStateException("Nothing fires: see the log of the process.");
    }
  }

  static void users(JdbcClient jdbc) {
    jdbc.sql(
            """
            INSERT INTO users (id, email, name)
            SELECT 'user-' || n, n || '@example.com', 'User ' || n FROM generate_series(0, :users - 1) AS n
            """)
        .param("users", USERS)
        .update();
  }

  /** The tasks that the reminders belong to; every contender has them. */
  void tasks(JdbcClient jdbc) {
    jdbc.sql(
            """
            INSERT INTO tasks (id, user_id, title, remind_at)
            SELECT '01900000-0000-7000-' || :prefix || '-' || lpad(n::text, 12, '0'), 'user-' || n % :users,
              'Water the plants on the balcony', :first + n * :apart * interval '1 second'
            FROM generate_series(0, :count - 1) AS n
            """)
        .param("prefix", prefix)
        .param("users", USERS)
        .param("first", start())
        .param("apart", apartSeconds())
        .param("count", count)
        .update();
  }

  /** The rows of Punctual's own table. */
  void timers(JdbcClient jdbc) {
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(count, from + CHUNK);
      var slots = new Short[to - from];
      for (int n = from; n < to; n++) {
        slots[n - from] = (short) Slot.of(id(n));
      }
      jdbc.sql(
              """
              INSERT INTO timers (kind, id, slot, fire_at)
              SELECT 'reminder', '01900000-0000-7000-' || :prefix || '-' || lpad((n - 1 + :from)::text, 12, '0'), slot,
                :first + (n - 1 + :from) * :apart * interval '1 second'
              FROM unnest(:slots) WITH ORDINALITY AS s (slot, n)
              """)
          .param("prefix", prefix)
          .param("from", from)
          .param("slots", slots)
          .param("first", start())
          .param("apart", apartSeconds())
          .update();
    }
  }
}
