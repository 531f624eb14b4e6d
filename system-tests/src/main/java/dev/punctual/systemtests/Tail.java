package dev.punctual.systemtests;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is published on {@code task-events} from now on, as a read_committed consumer sees it. */
final class Tail implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConsumer<String, String> consumer;

  Tail(Installation installation) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                installation.kafka().bootstrapServers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                "false"),
            new StringDeserializer(),
            new StringDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor("task-events")
        .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Waits for an event that was published after an instant, and returns how long after. */
  Duration awaitPublishedAfter(Instant instant) {
    var deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      for (var record : consumer.poll(POLL)) {
        if (Instant.ofEpochMilli(record.timestamp()).isAfter(instant)) {
          return Duration.between(instant, Instant.now());
        }
      }
    }
    throw new AssertionError("Nothing is published within " + PATIENCE);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
