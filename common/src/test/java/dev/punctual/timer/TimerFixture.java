package dev.punctual.timer;

import dev.punctual.outbox.Outbox;
import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import dev.punctual.trace.Spans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of an engine on a database of its own, without Kafka: all slots are owned. */
final class TimerFixture implements AutoCloseable {

  final Database database = Stack.newDatabase();
  final JdbcClient jdbc = database.jdbc();
  final TransactionTemplate transactions = database.transactions();
  final Outbox outbox = new Outbox(jdbc, InstantSource.system(), () -> {});
  final Bell bell = new Bell(jdbc);
  final DatabaseClock clock = new DatabaseClock(System::nanoTime);
  final NearWindow window = new NearWindow();
  final OwnedSlots slots = new OwnedSlots();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FiringObserver observer = new TimerMetrics(meters);
  final Firing firing =
      new Firing(List.of(bell), new Claim(jdbc, clock), transactions, observer, Spans.none());
  final WindowLoad load =
      new WindowLoad(jdbc, transactions, clock, window, Set.of(TimerKind.REMINDER), slots);
  final OverdueTimers overdue = new OverdueTimers(jdbc, clock);
  final OverdueLane overdueLane = lane(OverdueLane.Share.ALL);
  final Sweep sweep = new Sweep(overdue, slots, firing, observer);

  TimerFixture() {
    slots.assigned(List.of(0), 1);
  }

  OverdueLane lane(OverdueLane.Share share) {
    return new OverdueLane(share, overdue, slots, firing);
  }

  /** Drains until nothing can be fired; returns how many passes that took. */
  int drain(OverdueLane lane) {
    int passes = 1;
    while (lane.runOnce()) {
      passes++;
    }
    return passes;
  }

  /** What a metric has counted, of all kinds of timers. */
  int counted(String what) {
    return (int)
        meters.find("punctual.timers." + what).counters().stream()
            .mapToDouble(Counter::count)
            .sum();
  }

  /** The present instant by the database's clock. */
  Instant now() {
    return jdbc.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  /** Hints of all timers in the table. */
  List<Hint> allHints() {
    return jdbc.sql("SELECT id, fire_at FROM timers ORDER BY fire_at, id")
        .query(
            (row, number) ->
                Hint.of(
                    new Timer(
                        TimerKind.REMINDER,
                        row.getString("id"),
                        row.getObject("fire_at", OffsetDateTime.class).toInstant())))
        .list();
  }

  long pending() {
    return jdbc.sql("SELECT count(*) FROM timers").query(Long.class).single();
  }

  @Override
  public void close() {
    database.close();
  }
}
