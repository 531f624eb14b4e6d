package dev.punctual.taskservice.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.event.EventJson;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A record of a dead-letter topic: one that was put aside, or a pointer to a parked event. */
record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

  private static final String REPLAYS = "dlt_replays";

  /** Whether it stands for an event in {@code outbox_parked}. */
  boolean isPointer() {
    return "outbox.parked".equals(header("ce_type"));
  }

  /** The parked event that it points to; empty if it does not say which. */
  Optional<String> parkedEventId() {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return EventJson.MAPPER.readTree(record.value()).path("event_id").asStringOpt();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether its value was too large for the dead-letter topic. */
  boolean isWithoutItsValue() {
    return header("dlt_omitted_bytes") != null;
  }

  /** What goes back to the topic: the record as it was, and how often it has come back. */
  ProducerRecord<byte[], byte[]> backOn(String topic) {
    var back = new ProducerRecord<>(topic, null, record.key(), record.value(), List.of());
    for (var header : record.headers()) {
      if (!header.key().startsWith("dlt_")) {
        back.headers().add(header);
      }
    }
    back.headers().add(REPLAYS, Integer.toString(replays() + 1).getBytes(UTF_8));
    return back;
  }

  private int replays() {
    var before = header(REPLAYS);
    return before != null && before.matches("[0-9]{1,9}") ? Integer.parseInt(before) : 0;
  }

  /** Where the record was; a letter that does not say it is one by itself. */
  String origin() {
    var offset = header("dlt_offset");
    return offset == null
        ? place()
        : "%s-%s@%s".formatted(header("dlt_topic"), header("dlt_partition"), offset);
  }

  String place() {
    return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
  }

  String description() {
    return "%s %s %s from %s: %s"
        .formatted(
            place(),
            header("ce_type"),
            record.key() == null ? null : new String(record.key(), UTF_8),
            origin(),
            header("dlt_reason"));
  }

  private @Nullable String header(String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
