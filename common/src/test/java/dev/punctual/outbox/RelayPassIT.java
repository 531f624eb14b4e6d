package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.punctual.event.Cause;
import dev.punctual.event.TagEvent;
import dev.punctual.outbox.RelayObserver.Step;
import dev.punctual.testing.Records;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayPassIT {

  private final RelayFixture fixture = new RelayFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void an_event_is_a_cloud_event_in_binary_mode() {
    fixture.append("alice");
    fixture.pass().runOnce();

    try (var records = fixture.records()) {
      var record = records.awaitOne(Records.withKey("alice"));
      assertThat(record.value()).isEqualTo("{\"user_id\":\"alice\"}");
      assertThat(Records.header(record, "ce_specversion")).isEqualTo("1.0");
      assertThat(Records.header(record, "ce_type")).isEqualTo("user.deleted");
      assertThat(Records.header(record, "ce_source")).isEqualTo("/punctual");
      assertThat(Records.header(record, "ce_subject")).isEqualTo("alice");
      assertThat(Records.header(record, "ce_id")).hasSize(36);
      assertThat(Instant.parse(Records.header(record, "ce_time"))).isNotNull();
      assertThat(Records.header(record, "content-type")).isEqualTo("application/json");
    }
  }

  @Test
  void a_rolled_back_change_is_never_published() {
    fixture
        .database
        .transactions()
        .executeWithoutResult(
            tx -> {
              fixture.appendInTransaction("never");
              tx.setRollbackOnly();
            });
    fixture.append("published");
    fixture.pass().runOnce();

    assertThat(publishedKeys()).containsExactly("published");
  }

  @Test
  void a_transaction_that_commits_late_is_not_passed_over() {
    var pass = fixture.pass();
    fixture
        .database
        .transactions()
        .executeWithoutResult(
            late -> {
              fixture.appendInTransaction("late");
              inAnotherThread(() -> fixture.append("early"));
              inAnotherThread(pass::runOnce);
              assertThat(publishedKeys()).containsExactly("early");
            });
    assertThat(pass.runOnce()).isEqualTo(1);

    assertThat(publishedKeys()).containsExactlyInAnyOrder("early", "late");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void a_crash_after_any_step_loses_nothing_and_repeats_nothing(Step step) {
    fixture.append("a", "b", "c");
    var crashing = fixture.pass(crashAfter(step));
    assertThatThrownBy(crashing::runOnce).isInstanceOf(Crash.class);

    // The successor; the crashed one closes nothing and aborts nothing.
    var successor = fixture.pass();
    fixture.append("d");
    while (successor.runOnce() > 0) {}

    assertThat(publishedKeys()).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(fixture.waiting()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"SELECTED", "SENDING", "SENT", "COMMITTED"})
  void a_relay_that_wakes_from_a_freeze_is_fenced_and_changes_nothing(Step step) {
    fixture.append("a", "b");
    var frozen =
        fixture.pass(
            (reached, appended) -> {
              if (reached == step) {
                // While this one hangs here, a successor takes over and does the work.
                var successor = fixture.pass();
                while (successor.runOnce() > 0) {}
                fixture.append("c");
                successor.runOnce();
              }
            });
    if (step == Step.COMMITTED) {
      frozen.runOnce();
    } else {
      assertThatThrownBy(frozen::runOnce).isInstanceOf(RuntimeException.class);
    }

    assertThat(publishedKeys()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(fixture.waiting()).isZero();
  }

  @Test
  void rows_that_get_the_ids_of_published_ones_are_not_taken_for_published() {
    fixture.append("before");
    assertThatThrownBy(fixture.pass(crashAfter(Step.COMMITTED))::runOnce).isInstanceOf(Crash.class);
    // The database is restored to a moment before: the identity values come again, for other
    // events.
    fixture.database.jdbc().sql("TRUNCATE outbox RESTART IDENTITY").update();
    fixture.append("after");

    fixture.pass().runOnce();

    assertThat(publishedKeys()).containsExactlyInAnyOrder("before", "after");
  }

  @Test
  void a_record_that_kafka_refuses_is_parked_with_its_reason_and_the_others_flow() {
    fixture.append("first");
    fixture.database.transactions().executeWithoutResult(tx -> fixture.outbox.append(huge("huge")));
    fixture.append("last");
    var pass = fixture.pass();
    while (pass.runOnce() > 0) {}

    assertThat(publishedKeys()).containsExactlyInAnyOrder("first", "last");
    assertThat(
            fixture
                .database
                .jdbc()
                .sql("SELECT key, reason FROM outbox_parked")
                .query()
                .singleRow())
        .containsEntry("key", "huge")
        .hasEntrySatisfying(
            "reason", reason -> assertThat((String) reason).contains("RecordTooLarge"));
    try (var deadLetters = Records.of(fixture.topicNames.name("task-events-dlt"))) {
      var pointer = deadLetters.awaitOne(Records.withKey("huge"));
      assertThat(Records.header(pointer, "ce_type")).isEqualTo("outbox.parked");
      assertThat(pointer.value()).contains("RecordTooLarge");
    }
  }

  @Test
  void a_pointer_that_is_refused_is_parked_without_another() {
    fixture.append("first");
    fixture.database.jdbc().sql("UPDATE outbox SET topic = 'task-events-dlt'").update();
    var waiting = new WaitingEvents(fixture.database.jdbc());

    waiting.oldest(10, Batch.NONE).forEach(pointer -> waiting.park(pointer, "too large"));

    assertThat(fixture.waiting()).isZero();
    assertThat(
            fixture.database.jdbc().sql("SELECT key FROM outbox_parked").query(String.class).list())
        .containsExactly("first");
  }

  @Test
  void what_another_relay_has_dealt_with_is_not_parked() {
    fixture.append("published");
    fixture.database.transactions().executeWithoutResult(tx -> fixture.outbox.append(huge("huge")));
    var waiting = new WaitingEvents(fixture.database.jdbc());
    var readBeforeAFreeze = waiting.oldest(10, Batch.NONE);
    var successor = fixture.pass();
    while (successor.runOnce() > 0) {}

    readBeforeAFreeze.forEach(event -> waiting.park(event, "too large"));

    assertThat(
            fixture.database.jdbc().sql("SELECT key FROM outbox_parked").query(String.class).list())
        .containsExactly("huge");
    assertThat(fixture.waiting()).isZero();
  }

  @Test
  void with_the_progress_topic_lost_a_batch_may_come_twice_but_none_is_lost() throws Exception {
    fixture.append("a");
    assertThatThrownBy(fixture.pass(crashAfter(Step.COMMITTED))::runOnce).isInstanceOf(Crash.class);
    try (var admin = Admin.create(fixture.kafka)) {
      var progress = fixture.topicNames.name("outbox-progress");
      admin.deleteTopics(List.of(progress)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(progress));
    }
    fixture.append("b");

    var successor = fixture.pass();
    while (successor.runOnce() > 0) {}

    assertThat(publishedKeys()).contains("a", "b");
    assertThat(fixture.waiting()).isZero();
  }

  @Test
  void many_batches_keep_the_order_of_each_key() {
    for (int n = 0; n < 250; n++) {
      var event = tag("tag-" + n % 3, "%03d".formatted(n));
      fixture.database.transactions().executeWithoutResult(tx -> fixture.outbox.append(event));
    }
    var pass = fixture.pass();
    while (pass.runOnce() > 0) {}

    assertThat(published()).hasSize(250);
    for (var key : List.of("tag-0", "tag-1", "tag-2")) {
      assertThat(published().stream().filter(Records.withKey(key)).map(r -> r.value())).isSorted();
    }
  }

  private static TagEvent tag(String id, String name) {
    var now = Instant.EPOCH;
    return new TagEvent(
        TagEvent.Kind.UPDATED,
        new TagEvent.Tag(id, "alice", name, "#000000", now, now),
        Cause.user("alice"));
  }

  private static TagEvent huge(String id) {
    // Random, since records are compressed.
    var name =
        new java.util.Random(7)
            .ints(2_000_000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return tag(id, name);
  }

  private static RelayObserver crashAfter(Step step) {
    return (reached, appended) -> {
      if (reached == step) {
        throw new Crash();
      }
    };
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  private static void inAnotherThread(Runnable work) {
    CompletableFuture.runAsync(work).join();
  }

  private List<String> publishedKeys() {
    return published().stream().map(ConsumerRecord::key).toList();
  }

  private List<ConsumerRecord<String, String>> published() {
    try (var records = fixture.records()) {
      return records.readToEnd();
    }
  }
}
