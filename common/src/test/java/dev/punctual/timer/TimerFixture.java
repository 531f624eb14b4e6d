package dev.punctual.timer;

import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import dev.punctual.trace.Spans;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of an engine on a database of its own, without Kafka: all slots are owned. */
final class TimerFixture implements AutoCloseable {

  final Database database = Stack.newDatabase();
  final JdbcClient jdbc = database.jdbc();
  final TransactionTemplate transactions = database.transactions();
  final Bell bell = new Bell(jdbc);
  final DatabaseClock clock = new DatabaseClock(System::nanoTime);
  final NearWindow window = new NearWindow();
  final OwnedSlots slots = new OwnedSlots();
  final AtomicInteger swept = new AtomicInteger();
  final FiringObserver observer =
      new FiringObserver() {
        @Override
        public void swept(int timers) {
          swept.addAndGet(timers);
        }
      };
  final Firing firing =
      new Firing(List.of(bell), new Claim(jdbc, clock), transactions, observer, Spans.none());
  final WindowLoad load =
      new WindowLoad(jdbc, transactions, clock, window, Set.of(TimerKind.REMINDER), slots);
  final OverdueLane overdueLane =
      new OverdueLane(
          OverdueLane.Share.ALL, new OverdueTimers(jdbc, clock), slots, firing, observer);

  TimerFixture() {
    slots.assigned(List.of(0), 1);
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
