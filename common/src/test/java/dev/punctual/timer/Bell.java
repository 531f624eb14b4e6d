package dev.punctual.timer;

import dev.punctual.id.Slot;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A handler that writes a row for each timer it fires; the owners are rows of a table, too. */
final class Bell implements TimerHandler {

  /** Called with each batch before its effects are written. */
  volatile Consumer<List<FiredTimer>> before = claimed -> {};

  /** Timers whose effects cannot be written. */
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  private final JdbcClient jdbc;

  private final Bell original;

  private Bell(JdbcClient jdbc, @Nullable Bell original) {
    this.jdbc = jdbc;
    this.original = original == null ? this : original;
  }

  /** The same bell, rung by a worker that reaches the database in its own way. */
  Bell on(JdbcClient otherJdbc) {
    return new Bell(otherJdbc, this);
  }

  Bell(JdbcClient jdbc) {
    this(jdbc, null);
    jdbc.sql("CREATE TABLE IF NOT EXISTS bells (id text PRIMARY KEY)").update();
    // No key: a timer that rings twice shows.
    jdbc.sql(
            """
            CREATE TABLE IF NOT EXISTS rings
            (n bigint GENERATED ALWAYS AS IDENTITY, id text, fire_at timestamptz, fired_at timestamptz)
            """)
        .update();
  }

  @Override
  public TimerKind kind() {
    return TimerKind.REMINDER;
  }

  @Override
  public Set<String> lockOwners(Collection<String> ids) {
    return jdbc.sql("SELECT id FROM bells WHERE id = ANY(:ids) ORDER BY id FOR UPDATE SKIP LOCKED")
        .param("ids", ids.toArray(String[]::new))
        .query(String.class)
        .set();
  }

  @Override
  public void fire(List<FiredTimer> claimed) {
    original.before.accept(claimed);
    for (var timer : claimed) {
      if (original.broken.contains(timer.id())) {
        throw new IllegalStateException("The bell " + timer.id() + " is cracked.");
      }
    }
    jdbc.sql(
            """
            INSERT INTO rings (id, fire_at, fired_at)
            SELECT * FROM unnest(:ids, :fireAts::timestamptz[], :firedAts::timestamptz[])
            """)
        .param("ids", claimed.stream().map(FiredTimer::id).toArray(String[]::new))
        .param("fireAts", claimed.stream().map(t -> t.fireAt().toString()).toArray(String[]::new))
        .param("firedAts", claimed.stream().map(t -> t.firedAt().toString()).toArray(String[]::new))
        .update();
  }

  /** Sets so many timers, {@code <prefix>0} and on, their instants this many milliseconds apart. */
  void set(String prefix, int count, Instant first, double apart) {
    jdbc.sql("INSERT INTO bells SELECT :prefix || n FROM generate_series(0, :count - 1) n")
        .param("prefix", prefix)
        .param("count", count)
        .update();
    var slots = new Short[count];
    for (int n = 0; n < count; n++) {
      slots[n] = (short) Slot.of(prefix + n);
    }
    jdbc.sql(
            """
            INSERT INTO timers (kind, id, slot, fire_at)
            SELECT 'reminder', :prefix || (n - 1), slot, :first + (n - 1) * :apart * interval '1 millisecond'
            FROM unnest(:slots) WITH ORDINALITY AS s (slot, n)
            """)
        .param("prefix", prefix)
        .param("slots", slots)
        .param("first", OffsetDateTime.ofInstant(first, ZoneOffset.UTC))
        .param("apart", apart)
        .update();
  }

  List<String> rung() {
    return jdbc.sql("SELECT id FROM rings ORDER BY n").query(String.class).list();
  }
}
