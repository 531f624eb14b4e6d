package dev.punctual.timer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.event.Topic;
import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that hints come from, and the consumer group that shares them out. */
final class HintTopics {

  private static final Logger log = LoggerFactory.getLogger(HintTopics.class);

  private final Map<String, Object> consumerConfig;
  private final Map<String, Object> producerConfig;
  private final TopicProperties names;
  private final Topics topics;

  /**
   * @param group the consumer group of all processes of a worker
   */
  HintTopics(
      Map<String, Object> consumerConfig,
      Map<String, Object> producerConfig,
      TopicProperties names,
      Topics topics,
      String group) {
    this.consumerConfig = new HashMap<>(consumerConfig);
    this.producerConfig = producerConfig;
    this.names = names;
    this.topics = topics;
    this.consumerConfig.putAll(
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            names.name(group),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "latest",
            // Only what changes hands is loaded anew.
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            CooperativeStickyAssignor.class.getName(),
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            10_000,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            1_000,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            10_000,
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            10_000));
  }

  /** A consumer that is not subscribed yet, of topics that exist. */
  Consumer<byte[], byte[]> newConsumer() {
    topics.ensure();
    return new KafkaConsumer<>(
        consumerConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The topic whose partitions are the ownership of the timers. */
  String timers() {
    return names.name(Topic.TIMERS);
  }

  /** The topics that hold hints of these kinds. */
  List<String> names(Set<TimerKind> kinds) {
    return kinds.contains(TimerKind.SUCCESSOR)
        ? List.of(timers(), names.name(Topic.TASK_EVENTS))
        : List.of(timers());
  }

  /**
   * Puts a record that cannot be read on {@code <topic>-dlt}, with where it was and why, and waits
   * until Kafka has it. That is rare, so it has a producer of its own.
   */
  void sendToDeadLetters(ConsumerRecord<byte[], byte[]> unreadable, RuntimeException reason) {
    var topic = unreadable.topic() + Topics.DEAD_LETTERS;
    var place =
        "%s-%d@%d".formatted(unreadable.topic(), unreadable.partition(), unreadable.offset());
    var letter =
        new ProducerRecord<>(
            topic, null, unreadable.key(), unreadable.value(), unreadable.headers());
    letter.headers().add("dlt_origin", place.getBytes(UTF_8));
    letter.headers().add("dlt_reason", String.valueOf(reason.getMessage()).getBytes(UTF_8));
    try (var producer =
        new KafkaProducer<>(producerConfig, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(letter).get();
    } catch (ExecutionException e) {
      throw new KafkaException("Could not put " + place + " on " + topic, e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    log.error("Put the record {} on {}: {}", place, topic, reason.getMessage());
  }
}
