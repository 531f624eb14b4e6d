package dev.punctual.taskservice.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.event.EventJson;
import dev.punctual.event.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/**
 * Puts dead letters back on their topic. What was put back is noted in the same Kafka transaction
 * (as the committed offsets of a group), so each goes back once, whenever this is stopped.
 */
final class DeadLetterReplay {

  private static final String REPLAYS = "dlt_replays";
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaProperties kafka;
  private final String topic;
  private final String group;
  private final ParkedEvents parked;
  private final Terminal terminal;

  /** Several groups may have put the same record aside; it goes back once. */
  private final Set<String> putBack = new HashSet<>();

  DeadLetterReplay(KafkaProperties kafka, String topic, ParkedEvents parked, Terminal terminal) {
    this.kafka = kafka;
    this.topic = topic;
    this.group = topic + "-dead-letter-replay";
    this.parked = parked;
    this.terminal = terminal;
  }

  /** Returns whether all are done that were there when it began; false if it was interrupted. */
  boolean run(boolean dryRun) {
    try (var consumer = consumer();
        var producer = producer()) {
      if (!dryRun) {
        producer.initTransactions();
      }
      var ends = assign(consumer);
      long letters = 0;
      while (!reached(consumer, ends)) {
        if (terminal.interrupted()) {
          terminal.complain(
              "Interrupted after %,d; the next run goes on there.".formatted(letters));
          return false;
        }
        var batch = consumer.poll(POLL);
        if (dryRun) {
          batch.forEach(this::describe);
        } else if (!batch.isEmpty()) {
          putBack(consumer, producer, batch);
        }
        letters += batch.count();
      }
      terminal.say(
          "Done: %,d dead letters of %s %s."
              .formatted(letters, topic, dryRun ? "wait to be replayed" : "were replayed"));
      return true;
    }
  }

  /** Begins after what was put back before; returns where the topic ends now. */
  private Map<TopicPartition, Long> assign(KafkaConsumer<byte[], byte[]> consumer) {
    var partitions =
        consumer.partitionsFor(topic + Topics.DEAD_LETTERS).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .collect(Collectors.toSet());
    consumer.assign(partitions);
    return consumer.endOffsets(partitions);
  }

  private static boolean reached(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static Map<TopicPartition, OffsetAndMetadata> positions(
      KafkaConsumer<byte[], byte[]> consumer) {
    var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var partition : consumer.assignment()) {
      positions.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
    return positions;
  }

  private void putBack(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      Iterable<ConsumerRecord<byte[], byte[]>> batch) {
    producer.beginTransaction();
    for (var letter : batch) {
      if (!putBack.add(origin(letter))) {
        continue;
      }
      if ("outbox.parked".equals(header(letter, "ce_type"))) {
        putBackParked(letter);
      } else {
        var ignored = producer.send(record(letter));
      }
    }
    producer.sendOffsetsToTransaction(positions(consumer), consumer.groupMetadata());
    producer.commitTransaction();
  }

  /** Before the commit: if that fails, the event is not parked the next time, and no harm done. */
  private void putBackParked(ConsumerRecord<byte[], byte[]> pointer) {
    var eventId = EventJson.MAPPER.readTree(pointer.value()).path("event_id").asString();
    terminal.say(
        parked.putBack(eventId)
            ? "Event %s is in the outbox again.".formatted(eventId)
            : "Event %s is not parked any more.".formatted(eventId));
  }

  private ProducerRecord<byte[], byte[]> record(ConsumerRecord<byte[], byte[]> letter) {
    var record = new ProducerRecord<>(topic, null, letter.key(), letter.value(), List.of());
    for (var header : letter.headers()) {
      if (!header.key().startsWith("dlt_")) {
        record.headers().add(header);
      }
    }
    var before = header(letter, REPLAYS);
    var replays = before == null ? 1 : Integer.parseInt(before) + 1;
    record.headers().add(REPLAYS, Integer.toString(replays).getBytes(UTF_8));
    return record;
  }

  /** Where the record was; a letter that does not say it is one by itself. */
  private static String origin(ConsumerRecord<byte[], byte[]> letter) {
    var offset = header(letter, "dlt_offset");
    return offset == null
        ? "letter " + letter.partition() + " " + letter.offset()
        : header(letter, "dlt_topic") + " " + header(letter, "dlt_partition") + " " + offset;
  }

  private void describe(ConsumerRecord<byte[], byte[]> letter) {
    terminal.say(
        "%s-%d@%d %s %s from %s-%s@%s: %s"
            .formatted(
                letter.topic(),
                letter.partition(),
                letter.offset(),
                header(letter, "ce_type"),
                letter.key() == null ? null : new String(letter.key(), UTF_8),
                header(letter, "dlt_topic"),
                header(letter, "dlt_partition"),
                header(letter, "dlt_offset"),
                header(letter, "dlt_reason")));
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    var config = kafka.buildConsumerProperties();
    config.put("group.id", group);
    config.put("isolation.level", "read_committed");
    config.put("enable.auto.commit", false);
    config.put("auto.offset.reset", "earliest");
    config.put("allow.auto.create.topics", false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    var config = kafka.buildProducerProperties();
    config.put("transactional.id", group);
    config.put("acks", "all");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
