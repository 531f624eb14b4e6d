package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.UserEvent;
import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;

class ScanFloorIT {

  private final Database database = Stack.newDatabase();
  private final Outbox outbox =
      new Outbox(database.jdbc(), InstantSource.system(), new LocalWakeup());
  private final WaitingEvents waiting = new WaitingEvents(database.jdbc());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void under_a_reader_that_stays_in_its_transaction_a_search_stays_short() {
    var reader = database.transactions();
    reader.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    reader.executeWithoutResult(
        tx -> {
          database.jdbc().sql("SELECT count(*) FROM outbox").query(Long.class).single();
          elsewhere(() -> passThrough(100_000));

          assertThat(waiting.floor()).isGreaterThan(90_000);
          assertThat(elsewhere(this::medianSearch)).isLessThan(Duration.ofMillis(10));
        });
  }

  @Test
  void the_floor_stays_below_a_transaction_that_commits_late() {
    database
        .transactions()
        .executeWithoutResult(
            late -> {
              outbox.append(new UserEvent("late"));
              elsewhere(() -> passThrough(10_000));
              assertThat(waiting.floor()).isZero();
            });
    assertThat(waiting.oldest(10, Batch.NONE))
        .extracting(WaitingEvent::key)
        .containsExactly("late");
  }

  @Test
  void the_floor_stays_below_what_waits() {
    append(1);
    for (int i = 0; i < 10; i++) {
      append(1_000);
      var read = waiting.oldest(1_001, Batch.NONE);
      waiting.delete(Batch.of(read.subList(1, read.size())));
    }

    assertThat(waiting.floor()).isZero();
    assertThat(waiting.oldest(10, Batch.NONE)).hasSize(1);
  }

  /** So many events come and go. */
  private void passThrough(int events) {
    for (int done = 0; done < events; done += 1_000) {
      append(1_000);
      waiting.delete(Batch.of(waiting.oldest(1_000, Batch.NONE)));
    }
  }

  private void append(int events) {
    var all = IntStream.range(0, events).mapToObj(n -> new UserEvent("u" + n)).toList();
    database.transactions().executeWithoutResult(tx -> outbox.append(all));
  }

  private Duration medianSearch() {
    var durations = new java.util.ArrayList<Duration>();
    for (int i = 0; i < 21; i++) {
      long start = System.nanoTime();
      assertThat(waiting.oldest(1_000, Batch.NONE)).isEqualTo(List.of());
      durations.add(Duration.ofNanos(System.nanoTime() - start));
    }
    Collections.sort(durations);
    return durations.get(10);
  }

  private static void elsewhere(Runnable work) {
    CompletableFuture.runAsync(work).join();
  }

  private static <T> T elsewhere(java.util.function.Supplier<T> work) {
    return CompletableFuture.supplyAsync(work).join();
  }
}
