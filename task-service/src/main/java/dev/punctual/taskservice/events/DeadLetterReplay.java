package dev.punctual.taskservice.events;

import dev.punctual.event.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/**
 * Puts dead letters back on their topic. What was put back is noted in the same Kafka transaction
 * (as the committed offsets of a group), so each goes back once, whenever this is stopped. Then it
 * is deleted from the dead-letter topic, since the offsets of a group without members are kept for
 * some days only.
 */
final class DeadLetterReplay {

  private static final Duration POLL = Duration.ofMillis(500);

  /** If the end of the topic cannot be reached: it may have been cut meanwhile. */
  private static final Duration NOTHING_COMES_FOR = Duration.ofSeconds(10);

  private final KafkaProperties kafka;
  private final String topic;
  private final String group;
  private final ParkedEvents parked;
  private final Terminal terminal;

  /** Several groups may have put the same record aside; it goes back once. */
  private final Set<String> putBack = new HashSet<>();

  private long letters;
  private long leftOut;

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
        var producer = producer();
        var admin = Admin.create(kafka.buildAdminProperties())) {
      if (!dryRun) {
        producer.initTransactions();
      }
      var ends = assign(consumer);
      if (!dryRun) {
        // What a run put back that was stopped before it deleted it.
        deleteUpTo(positions(consumer), admin);
      }
      long lastSign = System.nanoTime();
      while (!reached(consumer, ends)) {
        if (terminal.interrupted()) {
          terminal.complain(
              "Interrupted after %,d; the next run goes on there.".formatted(letters));
          return false;
        }
        var batch = consumer.poll(POLL);
        if (dryRun) {
          batch.forEach(letter -> terminal.say(new DeadLetter(letter).description()));
        } else if (!batch.isEmpty()) {
          putBack(consumer, producer, batch);
          deleteUpTo(positions(consumer), admin);
        }
        letters += batch.count();
        if (!batch.isEmpty()) {
          lastSign = System.nanoTime();
        } else if (System.nanoTime() - lastSign > NOTHING_COMES_FOR.toNanos()) {
          throw new KafkaException(
              "%s cannot be read to its end %s".formatted(topic + Topics.DEAD_LETTERS, ends));
        }
      }
      terminal.say(
          "Done: %,d dead letters of %s %s."
              .formatted(
                  letters - leftOut, topic, dryRun ? "wait to be replayed" : "were replayed"));
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
    for (var record : batch) {
      var letter = new DeadLetter(record);
      if (!putBack.add(letter.origin())) {
        continue;
      }
      if (letter.isPointer()) {
        putBackParked(letter);
      } else if (letter.isWithoutItsValue()) {
        leaveOut(letter, "its value was too large for this topic; it is at " + letter.origin());
      } else {
        var ignored = producer.send(letter.backOn(topic));
      }
    }
    producer.sendOffsetsToTransaction(positions(consumer), consumer.groupMetadata());
    producer.commitTransaction();
  }

  /** Before the commit: if that fails, the event is not parked the next time, and no harm done. */
  private void putBackParked(DeadLetter pointer) {
    pointer
        .parkedEventId()
        .ifPresentOrElse(
            eventId ->
                terminal.say(
                    parked.putBack(eventId)
                        ? "Event %s is in the outbox again.".formatted(eventId)
                        : "Event %s is not parked any more.".formatted(eventId)),
            () -> leaveOut(pointer, "it does not say which event of outbox_parked it is about"));
  }

  private void leaveOut(DeadLetter letter, String reason) {
    leftOut++;
    terminal.complain(
        "%s is left out and deleted: %s. It was: %s"
            .formatted(letter.place(), reason, letter.description()));
  }

  private static void deleteUpTo(Map<TopicPartition, OffsetAndMetadata> positions, Admin admin) {
    var deleted = new HashMap<TopicPartition, RecordsToDelete>();
    positions.forEach(
        (partition, position) ->
            deleted.put(partition, RecordsToDelete.beforeOffset(position.offset())));
    try {
      admin.deleteRecords(deleted).all().get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          "what was put back cannot be deleted from %s, and would go back again once the offsets of its group expire: %s"
              .formatted(deleted.keySet(), e.getCause()),
          e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
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
