package dev.punctual.outbox;

import dev.punctual.event.EventJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic on which each batch, in its own Kafka transaction, names its events. */
final class Progress {

  private static final Duration POLL = Duration.ofSeconds(2);
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
   * The batch of the last committed transaction, looked for backwards from the end, since markers
   * and aborted records take offsets too. Only meaningful after the producers were fenced: then
   * nothing is in doubt any more.
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
        var last = lastBetween(consumer, from, end);
        if (last.isPresent() || from == begin) {
          return last.map(json -> EventJson.MAPPER.readValue(json, Batch.class));
        }
      }
    }
  }

  private static long offset(Map<TopicPartition, Long> offsets) {
    return offsets.values().iterator().next();
  }

  private Optional<String> lastBetween(
      KafkaConsumer<String, String> consumer, long from, long end) {
    consumer.seek(partition, from);
    Optional<String> last = Optional.empty();
    while (consumer.position(partition) < end) {
      for (var record : consumer.poll(POLL).records(partition)) {
        last = Optional.of(record.value());
      }
    }
    return last;
  }
}
