package dev.punctual.timer;

import dev.punctual.consumer.DeadLetters;
import dev.punctual.consumer.EventConsumer;
import dev.punctual.consumer.EventReader;
import dev.punctual.event.Topic;
import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics that hints come from, and the consumer group that shares them out. */
final class HintTopics {

  private final Map<String, Object> consumerConfig;
  private final String group;
  private final DeadLetters deadLetters;
  private final MeterRegistry meters;
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
      String group,
      InstantSource wallClock,
      MeterRegistry meters) {
    this.consumerConfig = new HashMap<>(consumerConfig);
    this.consumerConfig.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.group = names.name(group);
    this.deadLetters = new DeadLetters(producerConfig, this.group, wallClock, meters);
    this.meters = meters;
    this.names = names;
    this.topics = topics;
    this.consumerConfig.putAll(
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            this.group,
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
            // What changes hands is heard of with the next heartbeat.
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            300,
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

  /** A member of the group, which joins when it is run. */
  EventConsumer member(
      Supplier<Consumer<byte[], byte[]>> join, Set<String> types, EventConsumer.Handler handler) {
    return new EventConsumer(
        group, join, new EventReader(types, meters), handler, deadLetters, meters);
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
}
