package dev.punctual.taskservice.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.testing.Database;
import dev.punctual.testing.Records;
import dev.punctual.testing.Stack;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterReplayIT {

  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", Stack.kafkaBootstrap());

  private final Database database = Stack.newDatabase();
  private final String prefix = Stack.newTopicPrefix();
  private final CommandRun command = new CommandRun(database, prefix);

  @BeforeEach
  void topics() {
    Stack.createTopics(prefix, 4);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_dead_letter_goes_back_to_its_topic_once() {
    bury("task-1", "{\"a\":1}", Map.of("ce_id", "e1", "dlt_reason", "newer", "dlt_offset", "3"));

    assertThat(replay()).isZero();
    assertThat(command.said())
        .contains("1 dead letters of " + prefix + "task-events were replayed");
    assertThat(replay()).isZero();

    var back = onTopic();
    assertThat(back).hasSize(1);
    assertThat(back.get(0).key()).isEqualTo("task-1");
    assertThat(back.get(0).value()).isEqualTo("{\"a\":1}");
    assertThat(Records.header(back.get(0), "ce_id")).isEqualTo("e1");
    assertThat(Records.header(back.get(0), "dlt_reason")).isNull();
    assertThat(Records.header(back.get(0), "dlt_replays")).isEqualTo("1");
  }

  @Test
  void a_record_that_two_groups_buried_goes_back_once() {
    bury("task-1", "{}", Map.of("dlt_group", "one", "dlt_partition", "0", "dlt_offset", "3"));
    bury("task-1", "{}", Map.of("dlt_group", "two", "dlt_partition", "0", "dlt_offset", "3"));
    replay();

    assertThat(onTopic()).hasSize(1);
  }

  @Test
  void what_was_buried_again_is_replayed_again_and_counted() {
    bury("task-1", "{}", Map.of("ce_id", "e1", "dlt_reason", "newer"));
    replay();
    bury("task-1", "{}", Map.of("ce_id", "e1", "dlt_reason", "newer still", "dlt_replays", "1"));
    replay();

    assertThat(onTopic())
        .extracting(record -> Records.header(record, "dlt_replays"))
        .containsExactly("1", "2");
  }

  @Test
  void what_was_put_back_does_not_go_back_again_when_the_groups_offsets_have_expired()
      throws Exception {
    bury("task-1", "{}", Map.of("ce_id", "e1"));
    replay();
    try (var admin = Admin.create(KAFKA)) {
      admin.deleteConsumerGroups(List.of(prefix + "task-events-dead-letter-replay")).all().get();
    }
    bury("task-2", "{}", Map.of("ce_id", "e2"));
    replay();

    assertThat(onTopic())
        .extracting(record -> Records.header(record, "ce_id"))
        .containsExactlyInAnyOrder("e1", "e2");
  }

  @Test
  void a_run_that_is_stopped_half_way_is_finished_by_the_next_one() {
    bury("task-1", "{\"event_id\":\"e0\"}", Map.of("ce_type", "outbox.parked"));
    bury("task-1", "{}", Map.of("ce_id", "e1"));
    bury("task-1", "{}", Map.of("ce_id", "e2"));
    command.interruptAfter("Event e0");
    assertThat(
            command.run(
                "replay-dead-letters",
                "--topic=task-events",
                "--spring.kafka.consumer.max-poll-records=1"))
        .isEqualTo(130);
    assertThat(command.complained()).contains("Interrupted after 1");

    assertThat(new CommandRun(database, prefix).run("replay-dead-letters", "--topic=task-events"))
        .isZero();
    assertThat(onTopic())
        .extracting(record -> Records.header(record, "ce_id"))
        .containsExactly("e1", "e2");
  }

  @Test
  void a_letter_that_is_broken_itself_is_named_and_in_nobodys_way() {
    bury("task-1", "{", Map.of("ce_type", "outbox.parked"));
    bury("task-1", null, Map.of("ce_type", "outbox.parked"));
    bury("task-1", null, Map.of("dlt_omitted_bytes", "9", "dlt_topic", "t", "dlt_offset", "7"));
    bury("task-1", "{}", Map.of("ce_id", "e1", "dlt_replays", "many"));

    assertThat(replay()).isZero();

    assertThat(command.said()).contains("1 dead letters");
    assertThat(command.complained())
        .contains("does not say which event")
        .contains("its value was too large for this topic");
    assertThat(onTopic())
        .extracting(record -> Records.header(record, "dlt_replays"))
        .containsExactly("1");
  }

  @Test
  void a_dry_run_lists_and_puts_nothing_back() {
    bury("task-1", "{}", Map.of("ce_type", "task.created", "dlt_reason", "of a newer version"));

    assertThat(command.run("replay-dead-letters", "--topic", "task-events", "--dry-run")).isZero();
    assertThat(command.said())
        .contains("task.created task-1")
        .contains("of a newer version")
        .contains("1 dead letters");
    assertThat(onTopic()).isEmpty();
  }

  @Test
  void an_event_that_kafka_refused_goes_back_into_the_outbox() {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO outbox_parked (id, topic, key, event_id, type, payload, headers, created_at, reason)
            VALUES (9, 'task-events', 'task-1', 'e9', 'task.updated', '{}', '{"ce_time": "t"}', now(), 'too large')
            """)
        .update();
    bury("task-1", "{\"event_id\":\"e9\"}", Map.of("ce_type", "outbox.parked"));

    assertThat(replay()).isZero();

    assertThat(command.said()).contains("Event e9 is in the outbox again.");
    assertThat(onTopic()).isEmpty();
    assertThat(database.jdbc().sql("SELECT event_id || headers FROM outbox").query().singleValue())
        .isEqualTo("e9{\"ce_time\": \"t\"}");
    assertThat(database.jdbc().sql("SELECT count(*) FROM outbox_parked").query().singleValue())
        .isEqualTo(0L);
  }

  private int replay() {
    return command.run("replay-dead-letters", "--topic", "task-events");
  }

  private List<ConsumerRecord<String, String>> onTopic() {
    try (var records = Records.of(prefix + "task-events")) {
      return records.readToEnd();
    }
  }

  private void bury(String key, @Nullable String value, Map<String, String> headers) {
    var record = new ProducerRecord<>(prefix + "task-events-dlt", key, value);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    try (var producer =
        new KafkaProducer<>(KAFKA, new StringSerializer(), new StringSerializer())) {
      var ignored = producer.send(record);
    }
  }
}
