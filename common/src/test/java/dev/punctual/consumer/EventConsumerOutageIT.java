package dev.punctual.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.event.EventJson;
import dev.punctual.event.ExampleEvents;
import dev.punctual.event.TaskEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With a Kafka and a PostgreSQL of its own, which go away and come back. */
@Timeout(120)
class EventConsumerOutageIT {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final String TOPIC = "task-events";

  @TempDir private Path directory;
  private EmbeddedKafka kafka;
  private EmbeddedPostgres postgres;
  private JdbcClient jdbc;
  private final TaskEvent completed = ExampleEvents.task(TaskEvent.Kind.COMPLETED);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private EventConsumer consumer;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.in(directory.resolve("kafka")).start();
    postgres = EmbeddedPostgres.in(directory.resolve("postgres")).start();
    jdbc = JdbcClient.create(postgres.dataSource("postgres"));
    jdbc.sql("CREATE TABLE handled (id text PRIMARY KEY)").update();
    try (var admin = Admin.create(kafka())) {
      var topics =
          List.of(new NewTopic(TOPIC, 1, (short) 1), new NewTopic(TOPIC + "-dlt", 1, (short) 1));
      admin.createTopics(topics).all().get();
    }
    consumer =
        new EventConsumer(
            "a-worker",
            this::member,
            new EventReader(EventJson.types(), meters),
            received ->
                jdbc.sql("INSERT INTO handled VALUES (:id) ON CONFLICT DO NOTHING")
                    .param("id", received.id())
                    .update(),
            new DeadLetters(kafka(), "a-worker", InstantSource.system(), meters),
            meters);
    publish("before");
    runUntil(() -> handled("before"));
  }

  @AfterEach
  void stop() throws IOException {
    consumer.close();
    kafka.close();
    postgres.close();
  }

  @Test
  void with_kafka_away_it_goes_on_trying_and_reads_what_comes_after() throws Exception {
    int port = URI.create("kafka://" + kafka.bootstrapServers()).getPort();
    kafka.close();
    // Longer than the session of a member.
    runFor(Duration.ofSeconds(8));

    kafka = EmbeddedKafka.in(directory.resolve("kafka")).port(port).start();
    publish("after");
    runUntil(() -> handled("after"));
    assertThat(deadLetters()).isZero();
  }

  @Test
  void with_the_database_away_it_goes_on_trying_and_handles_what_came_meanwhile() throws Exception {
    int port = postgres.port();
    postgres.close();
    publish("meanwhile");
    runFor(Duration.ofSeconds(5));
    assertThat(interruptions()).isGreaterThan(1);
    assertThat(deadLetters()).isZero();

    postgres = EmbeddedPostgres.in(directory.resolve("postgres")).port(port).start();
    runUntil(() -> handled("meanwhile"));
    assertThat(deadLetters()).isZero();
  }

  private void runFor(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    runUntil(() -> System.nanoTime() - end > 0);
  }

  /** As the loops of the workers do: whatever is thrown, it is tried again. */
  private void runUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        consumer.runOnce(POLL);
      } catch (RuntimeException e) {
        assertThat(e).isNotInstanceOf(UnreadableRecord.class);
      }
    }
  }

  private boolean handled(String id) {
    return jdbc.sql("SELECT count(*) FROM handled WHERE id = :id")
            .param("id", id)
            .query(Long.class)
            .single()
        == 1;
  }

  private double interruptions() {
    return meters.counter("punctual.consumer.interruptions", "group", "a-worker").count();
  }

  private double deadLetters() {
    return meters
        .counter("punctual.consumer.dead.letters", "topic", TOPIC, "group", "a-worker")
        .count();
  }

  private void publish(String id) {
    var record = new ProducerRecord<>(TOPIC, completed.key(), EventJson.write(completed));
    record.headers().add("ce_id", id.getBytes(UTF_8));
    record.headers().add("ce_type", "task.completed".getBytes(UTF_8));
    try (var producer =
        new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
      var ignored = producer.send(record);
    }
  }

  private Consumer<byte[], byte[]> member() {
    var config = kafka();
    config.put("group.id", TOPIC);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    config.put("session.timeout.ms", 6_000);
    var member =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    member.subscribe(List.of(TOPIC));
    return member;
  }

  private Map<String, Object> kafka() {
    return new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}
