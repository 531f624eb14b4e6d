package dev.punctual.outbox;

import dev.punctual.event.EventJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topic on which each batch, in its own Kafka transaction, names its events and those of
 * earlier ones whose rows may still be there.
 */
final class Progress {

  private static final Duration POLL = Duration.ofSeconds(2);

  /** Whoever reads it holds the relay's lock. */
  private static final Duration READ_WITHIN = Duration.ofSeconds(10);

  private static final long FIRST_STEP = 16;

  private final Map<String, Object> consumerConfig;
  private final TopicPartition partition;

  Progress(Map<String, Object> consumerConfig, String topic) {
    this.consumerConfig = consumerConfig;
    this.partition = new TopicPartition(topic, 0);
  }

  ProducerRecord<String, String> record(Batch batch) {
    return new ProducerRecord<>(
        partition.topic(),
        partition.partition(),
        "relay",
        EventJson.MAPPER.writeValueAsString(batch));
  }

  /**
   * What the last committed transaction names, looked for backwards from the end, since markers and
   * aborted records take offsets too. Only meaningful after the producers were fenced: then nothing
   * is in doubt any more.
   *
   * @throws KafkaException if it is not to be had soon; the topic may have been cut meanwhile
   */
  Optional<Batch> last() {
    try (var consumer =
        new KafkaConsumer<>(consumerConfig, new StringDeserializer(), new StringDeserializer())) {
      var partitions = List.of(partition);
      consumer.assign(partitions);
      long begin = offset(consumer.beginningOffsets(partitions));
      long end = offset(consumer.endOffsets(partitions));
      for (long step = FIRST_STEP; ; step *= 4) {
        long from = Math.max(begin, end - step);
        var last = lastBetween(consumer, from, end, READ_WITHIN);
        if (last.isPresent() || from == begin) {
          return last.map(json -> EventJson.MAPPER.readValue(json, Batch.class));
        }
      }
    }
  }

  private static long offset(Map<TopicPartition, Long> offsets) {
    return offsets.values().iterator().next();
  }

  Optional<String> lastBetween(
      Consumer<String, String> consumer, long from, long end, Duration within) {
    consumer.seek(partition, from);
    Optional<String> last = Optional.empty();
    long deadline = System.nanoTime() + within.toNanos();
    while (consumer.position(partition) < end) {
      if (System.nanoTime() - deadline > 0) {
        throw new KafkaException(
            "%s could not be read up to offset %d within %s".formatted(partition, end, within));
      }
      for (var record : consumer.poll(POLL).records(partition)) {
        last = Optional.of(record.value());
      }
    }
    return last;
  }
}
