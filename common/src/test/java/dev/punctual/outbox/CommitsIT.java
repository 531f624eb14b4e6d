package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay sends the next batch while the last is being committed. */
@Timeout(60)
class CommitsIT {

  private final RelayFixture fixture = new RelayFixture();
  private final LinkedBlockingQueue<Runnable> held = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_batch_is_sent_while_the_last_is_being_committed_and_committed_after_it() throws Exception {
    var pass = fixture.committedBy(held::add);
    fixture.append("a");
    assertThat(pass.runOnce()).isEqualTo(1);
    fixture.append("b");
    var second = CompletableFuture.supplyAsync(pass::runOnce);
    await().until(() -> recordsOnTheLog() == 2);
    assertThat(publishedKeys()).isEmpty();
    assertThat(second).isNotDone();

    held.take().run();
    assertThat(second.join()).isEqualTo(1);
    assertThat(publishedKeys()).containsExactly("a");

    held.take().run();
    assertThat(publishedKeys()).containsExactlyInAnyOrder("a", "b");
    assertThat(pass.runOnce()).isZero();
    assertThat(fixture.waiting()).isZero();
  }

  @Test
  void what_is_being_committed_is_not_read_again() {
    var pass = fixture.committedBy(held::add);
    fixture.append("a");
    assertThat(pass.runOnce()).isEqualTo(1);

    assertThat(pass.runOnce()).isZero();
  }

  @Test
  void a_commit_that_comes_after_a_successor_took_over_ends_the_pass_and_changes_nothing()
      throws Exception {
    var frozen = fixture.committedBy(held::add);
    fixture.append("a");
    frozen.runOnce();
    var successor = fixture.pass();
    while (successor.runOnce() > 0) {}

    held.take().run();
    assertThatThrownBy(frozen::runOnce).isInstanceOf(KafkaException.class);

    assertThat(publishedKeys()).containsExactly("a");
    assertThat(fixture.waiting()).isZero();
  }

  /** Markers of transactions count; there is none as long as nothing is committed. */
  private long recordsOnTheLog() throws Exception {
    try (var admin = Admin.create(fixture.kafka)) {
      var topic = fixture.topicNames.name("task-events");
      var ends = new java.util.HashMap<TopicPartition, OffsetSpec>();
      for (int partition = 0; partition < fixture.topicNames.partitions(); partition++) {
        ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
      return admin.listOffsets(ends).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    }
  }

  private Collection<String> publishedKeys() {
    try (var records = fixture.records()) {
      return records.readToEnd().stream().map(ConsumerRecord::key).toList();
    }
  }
}
