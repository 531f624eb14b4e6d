package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.event.UserEvent;
import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import java.sql.SQLException;
import java.time.InstantSource;
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
  void under_a_reader_that_stays_in_its_transaction_a_search_passes_over_few_dead_rows() {
    var reader = database.transactions();
    reader.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    reader.executeWithoutResult(
        tx -> {
          database.jdbc().sql("SELECT count(*) FROM outbox").query(Long.class).single();
          elsewhere(() -> passThrough(100_000));

          assertThat(waiting.floor()).isGreaterThan(90_000);
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

  @Test
  void a_table_that_was_restored_in_place_is_read_from_its_beginning() {
    // Transactions of other databases hold the floor down, too, while they last.
    await().until(() -> floorAfter(1_000) > 0);

    database.jdbc().sql("TRUNCATE outbox RESTART IDENTITY").update();
    append(3);

    assertThat(waiting.oldest(10, Batch.NONE)).hasSize(3);
    passThrough(5_000);
    append(2);
    // Three of the oldest were there before.
    assertThat(waiting.oldest(10, Batch.NONE)).hasSize(5);
  }

  private long floorAfter(int events) {
    passThrough(events);
    return waiting.floor();
  }

  @Test
  void a_plan_made_for_an_empty_outbox_does_not_read_all_of_a_full_one() throws SQLException {
    database.jdbc().sql("VACUUM ANALYZE outbox").update();
    try (var connection = database.dataSource().getConnection()) {
      var relays = WaitingEvents.on(connection);
      for (int i = 0; i < 20; i++) {
        relays.oldest(100, Batch.NONE);
      }
      append(5_000);
      long before = readFromStartToEnd();
      relays.delete(Batch.of(relays.oldest(100, Batch.NONE)));

      await().untilAsserted(() -> assertThat(deleted()).isEqualTo(100));
      assertThat(readFromStartToEnd()).isEqualTo(before);
    }
  }

  private long readFromStartToEnd() {
    return statistic("seq_scan");
  }

  private long deleted() {
    return statistic("n_tup_del");
  }

  private long statistic(String name) {
    return database
        .jdbc()
        .sql("SELECT " + name + " FROM pg_stat_user_tables WHERE relname = 'outbox'")
        .query(Long.class)
        .single();
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

  private static void elsewhere(Runnable work) {
    CompletableFuture.runAsync(work).join();
  }
}
