package dev.punctual.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.event.EventJson;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.type.TypeReference;

/**
 * A row of the outbox as a Kafka record: CloudEvents 1.0 in binary mode (Kafka protocol binding,
 * section 3.2).
 */
final class CloudEvent {

  private static final TypeReference<java.util.Map<String, String>> STRINGS =
      new TypeReference<>() {};

  private CloudEvent() {}

  static ProducerRecord<String, String> record(String topic, WaitingEvent event) {
    var record = new ProducerRecord<>(topic, event.key(), event.payload());
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", event.eventId());
    header(record, "ce_type", event.type());
    header(record, "ce_source", "/punctual");
    header(record, "content-type", "application/json");
    EventJson.MAPPER
        .readValue(event.headers(), STRINGS)
        .forEach((name, value) -> header(record, name, value));
    return record;
  }

  private static void header(ProducerRecord<String, String> record, String name, String value) {
    record.headers().add(name, value.getBytes(UTF_8));
  }
}
