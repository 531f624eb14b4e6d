package dev.punctual.example;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An example consumer: it keeps the titles of all open tasks. Needs kafka-clients and Jackson 3.
 */
public final class OpenTasks implements AutoCloseable {

  private static final String CONTRACT = ":1";
  private static final JsonMapper JSON = new JsonMapper();

  private final KafkaConsumer<String, String> consumer;
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, String> titles = new ConcurrentHashMap<>();

  public OpenTasks(String bootstrapServers, String topic, String group) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", group,
                // Without this, what a relay took back is read as if it had happened.
                "isolation.level", "read_committed",
                // A new group begins with what the topic still holds.
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of(topic));
  }

  /** Reads until {@link #close()} is called from another thread. */
  public void run() {
    try (consumer) {
      while (true) {
        var batch = consumer.poll(Duration.ofSeconds(1));
        batch.forEach(this::take);
        // After the work, so that a crash repeats events and loses none.
        consumer.commitSync();
      }
    } catch (WakeupException closed) {
      // The consumer is closed by now.
    }
  }

  private void take(ConsumerRecord<String, String> record) {
    var type = header(record, "ce_type");
    if (!type.startsWith("task.")) {
      return; // templates, tags, users, and whatever comes later
    }
    if (!header(record, "ce_dataschema").endsWith(CONTRACT)) {
      throw new IllegalStateException(type + " is of a newer contract: update this program.");
    }
    var event = JSON.readTree(record.value());
    if (isNew(record.key(), event.path("version").asLong())) {
      apply(type, event.path("task"));
    }
  }

  /** An event that comes again, or a snapshot of what is known, changes nothing. */
  private boolean isNew(String taskId, long version) {
    if (version <= versions.getOrDefault(taskId, 0L)) {
      return false;
    }
    versions.put(taskId, version);
    return true;
  }

  private void apply(String type, JsonNode task) {
    var id = task.path("id").asString();
    if (type.equals("task.deleted") || task.path("is_complete").asBoolean()) {
      titles.remove(id);
    } else {
      titles.put(id, task.path("title").asString());
    }
  }

  public Map<String, String> titles() {
    return titles;
  }

  @Override
  public void close() {
    consumer.wakeup();
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
