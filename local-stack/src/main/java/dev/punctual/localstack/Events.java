package dev.punctual.localstack;

import dev.punctual.event.Topic;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A plain Kafka consumer on the terminal: prints what is committed on {@code task-events} and
 * {@code notifications}, from the beginning, and then whatever comes.
 */
final class Events {

  private Events() {}

  /** Prints until the process is ended. */
  static void follow(Options options, PrintStream terminal) {
    try (KafkaConsumer<String, String> consumer = consumer(options)) {
      List<TopicPartition> partitions =
          Stream.of(Topic.TASK_EVENTS, Topic.NOTIFICATIONS)
              .flatMap(topic -> consumer.partitionsFor(topic.baseName()).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new StartFailure("Kafka has no topics yet: start Punctual first.");
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (true) {
        for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(200))) {
          terminal.println(line(event));
        }
      }
    } catch (org.apache.kafka.common.errors.TimeoutException e) {
      throw new StartFailure(
          "Nothing answers as Kafka on 127.0.0.1:%d: start Punctual first (./run), or name its port with --kafka-port."
              .formatted(options.kafkaPort()),
          e);
    }
  }

  private static String line(ConsumerRecord<String, String> event) {
    return "%-14s %-22s %s".formatted(event.topic(), header(event, "ce_type"), event.value());
  }

  private static String header(ConsumerRecord<String, String> event, String name) {
    var header = event.headers().lastHeader(name);
    return header == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static KafkaConsumer<String, String> consumer(Options options) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", "127.0.0.1:" + options.kafkaPort(),
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "allow.auto.create.topics", "false",
            "default.api.timeout.ms", "5000"),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
