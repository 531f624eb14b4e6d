package dev.punctual.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.event.DataSchema;
import dev.punctual.event.Event;
import dev.punctual.event.EventJson;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads CloudEvents in Kafka's binary mode. Fields that came later are ignored; types that came
 * later are skipped and counted, in {@code punctual.consumer.skipped}.
 */
public final class EventReader {

  private static final Logger log = LoggerFactory.getLogger(EventReader.class);
  private static final int NAMED_IN_THE_LOG = 100;

  private final Set<String> wanted;
  private final MeterRegistry meters;
  private final Set<String> unknownTypes = ConcurrentHashMap.newKeySet();

  /**
   * @param wanted the types to read; others of the contract are passed over, whatever they hold
   */
  public EventReader(Set<String> wanted, MeterRegistry meters) {
    this.wanted = wanted;
    this.meters = meters;
  }

  /**
   * The event in a record; empty if its type is unknown or not wanted.
   *
   * @throws UnreadableRecord if it is no CloudEvent, of a newer major version of the contract, or
   *     not what its type says
   */
  public Optional<Received> read(ConsumerRecord<byte[], byte[]> record) {
    var type = required(record, "ce_type");
    if (EventJson.types().contains(type) && !wanted.contains(type)) {
      return Optional.empty();
    }
    var id = required(record, "ce_id");
    refuseNewerVersions(record, type);
    var event = event(type, record);
    if (event.isEmpty()) {
      skip(type, record);
    }
    return event.map(known -> new Received(known, id, header(record, "traceparent")));
  }

  private static Optional<Event> event(String type, ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new UnreadableRecord("It has no value.");
    }
    try {
      var event = EventJson.read(type, record.value());
      event.ifPresent(known -> requireKey(known, record.key()));
      return event;
    } catch (JacksonException e) {
      throw new UnreadableRecord(
          "Its value is no %s: %s".formatted(type, e.getOriginalMessage()), e);
    } catch (NullPointerException e) {
      throw new UnreadableRecord("Its value lacks what a %s is about.".formatted(type), e);
    }
  }

  /** Also finds values in which what the event is about is missing. */
  private static void requireKey(Event event, byte @Nullable [] key) {
    if (key == null || !event.key().equals(new String(key, UTF_8))) {
      throw new UnreadableRecord("Its key is not the id of what it is about, " + event.key() + ".");
    }
  }

  private static void refuseNewerVersions(ConsumerRecord<byte[], byte[]> record, String type) {
    var schema = header(record, "ce_dataschema");
    if (schema == null) {
      return;
    }
    int major;
    try {
      major = DataSchema.majorOf(schema);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("Its " + e.getMessage() + ".", e);
    }
    if (major > DataSchema.MAJOR) {
      throw new UnreadableRecord(
          "This %s is of major version %d, and this program reads up to %d. Update it, then replay the dead letters."
              .formatted(type, major, DataSchema.MAJOR));
    }
  }

  private void skip(String type, ConsumerRecord<byte[], byte[]> record) {
    meters.counter("punctual.consumer.skipped", "topic", record.topic()).increment();
    if (unknownTypes.size() < NAMED_IN_THE_LOG && unknownTypes.add(type)) {
      log.info(
          "Skips events of type {} on {}: a newer service publishes them, and this one has no use for them.",
          type,
          record.topic());
    }
  }

  private static String required(ConsumerRecord<byte[], byte[]> record, String name) {
    var value = header(record, name);
    if (value == null) {
      throw new UnreadableRecord("It is no CloudEvent: it has no header " + name + ".");
    }
    return value;
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
