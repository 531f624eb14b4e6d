package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/**
 * A record of a topic, as the checkers see it.
 *
 * @param id {@code ce_id}
 * @param type {@code ce_type}
 * @param writtenAt {@code ce_time}, the writer's clock
 * @param publishedAt when the relay handed it to Kafka
 * @param place where it is on which topic
 */
record Told(
    String id,
    String type,
    String key,
    Instant writtenAt,
    Instant publishedAt,
    String place,
    JsonNode body) {

  /** All of a topic, each partition in its order. */
  static List<Told> on(String topic, Installation installation) {
    return Log.read(installation.kafka().bootstrapServers(), topic).stream().map(Told::of).toList();
  }

  private static Told of(ConsumerRecord<String, String> record) {
    var time = Log.header(record, "ce_time");
    var publishedAt = Instant.ofEpochMilli(record.timestamp());
    return new Told(
        Log.header(record, "ce_id"),
        Log.header(record, "ce_type"),
        record.key(),
        time.isEmpty() ? publishedAt : Instant.parse(time),
        publishedAt,
        "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset()),
        EventJson.MAPPER.readTree(record.value()));
  }

  boolean is(String other) {
    return type.equals(other);
  }

  long version() {
    return body.path("version").asLong();
  }

  @Override
  public String toString() {
    return "%s of %s, version %d, at %s".formatted(type, key, version(), place);
  }
}
