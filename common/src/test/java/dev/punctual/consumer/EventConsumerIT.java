package dev.punctual.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.event.EventJson;
import dev.punctual.event.ExampleEvents;
import dev.punctual.event.TaskEvent;
import dev.punctual.testing.EventContract;
import dev.punctual.testing.Records;
import dev.punctual.testing.Stack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventConsumerIT {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int LARGEST = 20_000;

  private final String topic = Stack.newTopicPrefix() + "task-events";
  private final TaskEvent completed = ExampleEvents.task(TaskEvent.Kind.COMPLETED);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> handled = new ArrayList<>();
  private EventConsumer.Handler handler = received -> handled.add(received.id());
  private final EventConsumer consumer =
      new EventConsumer(
          "a-worker",
          this::member,
          new EventReader(EventJson.types(), meters),
          received -> handler.handle(received),
          new DeadLetters(takingAtMost(LARGEST), "a-worker", InstantSource.system(), meters),
          meters);

  EventConsumerIT() {
    Stack.createTopic(topic, 1);
  }

  @AfterEach
  void leave() {
    consumer.close();
  }

  @Test
  void poison_is_put_aside_at_once_with_its_reason_and_the_others_are_handled() {
    Stack.createTopic(topic + "-dlt", 1);
    publish("first", "task.completed:1", json());
    publish("newer", "task.completed:2", json());
    publish("broken", "task.completed:1", "{");
    publish("last", "task.completed:1", json());
    runUntilHandled("first", "last");

    try (var letters = Records.of(topic + "-dlt")) {
      var newer = letters.awaitCount(2, record -> true).get(0);
      assertThat(Records.header(newer, "ce_id")).isEqualTo("newer");
      assertThat(newer.value()).isEqualTo(json());
      assertThat(newer.key()).isEqualTo(completed.key());
      assertThat(Records.header(newer, "dlt_topic")).isEqualTo(topic);
      assertThat(Records.header(newer, "dlt_partition")).isEqualTo("0");
      assertThat(Records.header(newer, "dlt_offset")).isEqualTo("1");
      assertThat(Records.header(newer, "dlt_group")).isEqualTo("a-worker");
      assertThat(Records.header(newer, "dlt_reason")).contains("is of major version 2");
      assertThat(new EventContract().deadLetterViolations(newer)).isEmpty();
    }
    assertThat(deadLetters()).isEqualTo(2);
  }

  @Test
  void an_event_that_the_handler_calls_unreadable_is_put_aside() {
    Stack.createTopic(topic + "-dlt", 1);
    handler =
        received -> {
          throw new UnreadableRecord("Nobody knows this kind.");
        };
    publish("unknown", "task.completed:1", json());
    runUntil(() -> deadLetters() == 1);

    try (var letters = Records.of(topic + "-dlt")) {
      assertThat(Records.header(letters.awaitOne(r -> true), "dlt_reason"))
          .isEqualTo("Nobody knows this kind.");
    }
  }

  @Test
  void what_fails_for_another_reason_is_no_poison_and_comes_again_as_often_as_it_takes() {
    Stack.createTopic(topic + "-dlt", 1);
    var database = new IllegalStateException("The database is away.");
    handler =
        received -> {
          throw database;
        };
    publish("one", "task.completed:1", json());
    IntStream.range(0, 3)
        .forEach(n -> assertThatThrownBy(() -> runUntil(() -> false)).isEqualTo(database));
    assertThat(consumer.isInGroup()).isFalse();
    assertThat(meters.counter("punctual.consumer.interruptions", "group", "a-worker").count())
        .isEqualTo(3);

    handler = received -> handled.add(received.id());
    runUntilHandled("one");
    assertThat(deadLetters()).isZero();
  }

  @Test
  void a_dead_letter_that_kafka_does_not_take_is_kept_until_it_does() {
    // There is no dead-letter topic yet.
    publish("broken", "task.completed:1", "{");
    assertThatThrownBy(() -> runUntil(() -> false)).isInstanceOf(KafkaException.class);

    Stack.createTopic(topic + "-dlt", 1);
    runUntil(() -> deadLetters() >= 1);
  }

  @Test
  void a_letter_that_is_too_large_goes_without_its_value_and_with_its_place() {
    Stack.createTopic(topic + "-dlt", 1);
    var large = "x".repeat(LARGEST);
    publish("large", "task.completed:1", large);
    publish("next", "task.completed:1", json());
    runUntilHandled("next");

    try (var letters = Records.of(topic + "-dlt")) {
      var letter = letters.awaitOne(r -> true);
      assertThat(letter.value()).isNull();
      assertThat(Records.header(letter, "ce_id")).isEqualTo("large");
      assertThat(Records.header(letter, "dlt_offset")).isEqualTo("0");
      assertThat(Records.header(letter, "dlt_omitted_bytes")).isEqualTo("" + LARGEST);
      assertThat(new EventContract().deadLetterViolations(letter)).isEmpty();
    }
  }

  @Test
  void a_letter_that_no_topic_takes_is_counted_and_in_nobodys_way() {
    Stack.createTopic(topic + "-dlt", 1);
    publish("x".repeat(LARGEST), "task.completed:1", "{");
    publish("next", "task.completed:1", json());
    runUntilHandled("next");

    assertThat(deadLetters()).isEqualTo(1);
  }

  @Test
  void a_long_reason_is_cut() {
    Stack.createTopic(topic + "-dlt", 1);
    handler =
        received -> {
          throw new UnreadableRecord("why".repeat(LARGEST));
        };
    publish("unknown", "task.completed:1", json());
    runUntil(() -> deadLetters() == 1);

    try (var letters = Records.of(topic + "-dlt")) {
      var letter = letters.awaitOne(r -> true);
      assertThat(Records.header(letter, "dlt_reason")).startsWith("why").hasSizeLessThan(2_000);
      assertThat(letter.value()).isEqualTo(json());
    }
  }

  @Test
  void after_leave_the_group_has_no_member() throws Exception {
    publish("one", "task.completed:1", json());
    runUntilHandled("one");
    consumer.leave();
    consumer.runOnce(POLL);

    try (var admin = Admin.create(kafka())) {
      var groups = admin.describeConsumerGroups(Set.of(topic)).all().get();
      assertThat(groups.values().iterator().next().members()).isEmpty();
    }
  }

  private double deadLetters() {
    return meters
        .counter("punctual.consumer.dead.letters", "topic", topic, "group", "a-worker")
        .count();
  }

  private void runUntilHandled(String... ids) {
    runUntil(() -> handled.size() >= ids.length);
    assertThat(handled).containsExactly(ids);
  }

  private void runUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      consumer.runOnce(POLL);
    }
  }

  private String json() {
    return EventJson.write(completed);
  }

  private void publish(String id, String schema, String value) {
    var record = new ProducerRecord<>(topic, completed.key(), value);
    record.headers().add("ce_id", id.getBytes(UTF_8));
    record.headers().add("ce_type", "task.completed".getBytes(UTF_8));
    record.headers().add("ce_dataschema", ("urn:punctual:" + schema).getBytes(UTF_8));
    try (var producer =
        new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
      var ignored = producer.send(record);
    }
  }

  private Consumer<byte[], byte[]> member() {
    var config = kafka();
    config.put("group.id", topic);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    var member =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    member.subscribe(List.of(topic));
    return member;
  }

  private static Map<String, Object> takingAtMost(int bytes) {
    var config = kafka();
    config.put("max.request.size", bytes);
    return config;
  }

  private static Map<String, Object> kafka() {
    return new HashMap<>(Map.of("bootstrap.servers", Stack.kafkaBootstrap()));
  }
}
