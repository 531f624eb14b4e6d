package dev.punctual.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.event.DataSchema;
import dev.punctual.event.EventJson;
import dev.punctual.event.TaskEvent;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records that whoever is not Punctual's own relay sends: the same bytes as it sends. */
final class Records {

  private Records() {}

  static ProducerRecord<String, String> of(String topic, TaskEvent event) {
    return of(topic, event.key(), event.type(), EventJson.write(event));
  }

  static ProducerRecord<String, String> of(String topic, String key, String type, String json) {
    var record = new ProducerRecord<>(topic, key, json);
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", UUID.randomUUID().toString());
    header(record, "ce_type", type);
    header(record, "ce_source", "/punctual");
    header(record, "content-type", "application/json");
    header(record, "ce_time", "2026-11-22T08:00:00.123456Z");
    header(record, "ce_subject", key);
    header(record, "ce_dataschema", DataSchema.of(type));
    return record;
  }

  private static void header(ProducerRecord<String, String> record, String name, String value) {
    record.headers().add(name, value.getBytes(UTF_8));
  }

  /** A producer as safe as the relay's, and otherwise set for latency or for throughput. */
  static Map<String, Object> producer(String bootstrapServers, int lingerMs) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrapServers,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "lz4",
        ProducerConfig.BATCH_SIZE_CONFIG,
        256 * 1024,
        ProducerConfig.LINGER_MS_CONFIG,
        lingerMs);
  }
}
