package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.testing.Records;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The relay goes on while the rows of earlier batches are still there. */
@Timeout(60)
class DeletionsIT {

  private final RelayFixture fixture = new RelayFixture();
  private final Queue<Runnable> held = new ArrayDeque<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_batch_is_published_while_the_rows_of_the_last_are_still_there() {
    var pass = fixture.pass((step, appended) -> {}, held::add);
    fixture.append("a");
    assertThat(pass.runOnce()).isEqualTo(1);
    fixture.append("b");
    assertThat(pass.runOnce()).isEqualTo(1);
    assertThat(pass.runOnce()).isZero();

    assertThat(fixture.waiting()).isEqualTo(2);
    assertThat(publishedKeys()).containsExactlyInAnyOrder("a", "b");

    held.forEach(Runnable::run);
    assertThat(fixture.waiting()).isZero();
  }

  @Test
  void a_successor_deletes_the_rows_of_every_batch_that_was_published_without_sending_them_again() {
    var crashed = fixture.pass((step, appended) -> {}, held::add);
    for (var key : List.of("a", "b", "c")) {
      fixture.append(key);
      crashed.runOnce();
    }

    var successor = fixture.pass();
    assertThat(fixture.waiting()).isZero();
    fixture.append("d");
    while (successor.runOnce() > 0) {}

    assertThat(publishedKeys()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void a_deletion_that_fails_ends_the_pass_and_its_successor_makes_up_for_it() {
    var nowhere = JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/x"));
    var pass =
        fixture.pass(
            (step, appended) -> {}, new Deletions(new WaitingEvents(nowhere), Runnable::run));
    fixture.append("a");
    assertThatThrownBy(pass::runOnce).isInstanceOf(DataAccessException.class);
    assertThatThrownBy(pass::runOnce).isInstanceOf(DataAccessException.class);

    while (fixture.pass().runOnce() > 0) {}
    assertThat(publishedKeys()).containsExactly("a");
    assertThat(fixture.waiting()).isZero();
  }

  @Test
  void a_backlog_drains_in_order_with_the_deletions_on_a_thread_of_their_own() throws Exception {
    var thread = Executors.newSingleThreadExecutor();
    var pass = fixture.pass((step, appended) -> {}, thread);
    fixture
        .database
        .transactions()
        .executeWithoutResult(
            tx ->
                IntStream.range(0, 1_234).forEach(n -> fixture.appendInTransaction("k" + n % 10)));
    while (pass.runOnce() > 0) {}

    assertThat(published()).hasSize(1_234);
    thread.shutdown();
    assertThat(thread.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(fixture.waiting()).isZero();
  }

  @Test
  void what_commits_after_the_next_batch_was_read_ahead_is_not_passed_over() {
    var pass = fixture.pass();
    fixture
        .database
        .transactions()
        .executeWithoutResult(
            late -> {
              fixture.appendInTransaction("late");
              var many = IntStream.range(0, 150).mapToObj(n -> "k" + n).toArray(String[]::new);
              CompletableFuture.runAsync(() -> fixture.append(many)).join();
              CompletableFuture.runAsync(pass::runOnce).join();
            });
    while (pass.runOnce() > 0) {}

    assertThat(publishedKeys()).hasSize(151).doesNotHaveDuplicates().contains("late");
  }

  private List<String> publishedKeys() {
    return published().stream().map(ConsumerRecord::key).toList();
  }

  private List<ConsumerRecord<String, String>> published() {
    try (var records = Records.of(fixture.topicNames.name("task-events"))) {
      return records.readToEnd();
    }
  }
}
