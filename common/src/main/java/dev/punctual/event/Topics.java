package dev.punctual.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing, and checks those that are there. */
public final class Topics {

  /** Where the relay notes, within the transaction of a batch, which events the batch held. */
  public static final String PROGRESS = "outbox-progress";

  /**
   * What a topic's name ends with when it holds the records that another one's consumers could not
   * read.
   */
  public static final String DEAD_LETTERS = "-dlt";

  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final Duration KEEP_DEAD_LETTERS = Duration.ofDays(30);
  private static final int MOST_PARTITIONS = 64;
  private static final long SECONDS_TO_WAIT = 15;
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);
  private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(20);

  private final Map<String, Object> adminConfig;
  private final TopicProperties properties;

  public Topics(Map<String, Object> adminConfig, TopicProperties properties) {
    this.adminConfig = adminConfig;
    this.properties = properties;
  }

  /**
   * Makes sure that every topic exists; may run in several processes at once.
   *
   * @return whether the topic of the relay's progress was missing while others were there: it was
   *     lost. (At the first start it is created before all others, also when processes race.)
   * @throws WrongPartitions if a topic's partitions are no power of two up to 64: the slots of the
   *     timers would not match
   * @throws KafkaException if Kafka cannot be reached or refuses
   */
  public boolean ensure() {
    try (var admin = Admin.create(adminConfig)) {
      var present = await(admin.listTopics().names());
      boolean createdProgress = false;
      for (var topic : wanted()) {
        if (!present.contains(topic.name()) && create(admin, topic)) {
          createdProgress |= topic.name().equals(properties.name(PROGRESS));
        }
      }
      // One just created is as wanted, and not every broker may describe it yet.
      for (var topic : Topic.values()) {
        if (present.contains(properties.name(topic))) {
          check(admin, properties.name(topic));
        }
      }
      return createdProgress && present.contains(properties.name(Topic.TASK_EVENTS));
    }
  }

  private List<NewTopic> wanted() {
    var topics = new ArrayList<NewTopic>();
    topics.add(
        topic(
            PROGRESS,
            1,
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
    for (var topic : Topic.values()) {
      var retention = topic == Topic.TIMERS ? properties.timersRetention() : properties.retention();
      topics.add(topic(topic.baseName(), properties.partitions(), deletedAfter(retention)));
      topics.add(topic(topic.baseName() + DEAD_LETTERS, 1, deletedAfter(KEEP_DEAD_LETTERS)));
    }
    return topics;
  }

  private NewTopic topic(String baseName, int partitions, Map<String, String> configs) {
    return new NewTopic(properties.name(baseName), partitions, properties.replicationFactor())
        .configs(configs);
  }

  private static Map<String, String> deletedAfter(Duration retention) {
    return Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
  }

  private static boolean create(Admin admin, NewTopic topic) {
    try {
      await(admin.createTopics(List.of(topic)).all());
      log.info("Created topic {} with {} partitions.", topic.name(), topic.numPartitions());
      return true;
    } catch (TopicExistsException raced) {
      log.debug("Topic {} was created by another process.", topic.name());
      return false;
    }
  }

  private static void check(Admin admin, String name) {
    int partitions = partitions(admin, name);
    if (Integer.bitCount(partitions) != 1 || partitions > MOST_PARTITIONS) {
      throw new WrongPartitions(name, partitions);
    }
  }

  /** A topic that was created just now may not be known to the broker that is asked. */
  private static int partitions(Admin admin, String name) {
    for (long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos(); ; ) {
      try {
        var descriptions = await(admin.describeTopics(List.of(name)).allTopicNames());
        return descriptions.values().iterator().next().partitions().size();
      } catch (UnknownTopicOrPartitionException e) {
        if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
      }
    }
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(SECONDS_TO_WAIT, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("Kafka did not answer within " + SECONDS_TO_WAIT + " s", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** A topic whose partitions do not fit the timers' slots. */
  public static final class WrongPartitions extends RuntimeException {

    WrongPartitions(String topic, int partitions) {
      super(
          "Topic %s has %d partitions; it must be a power of two up to %d, so that a timer's slot names its partition."
                  .formatted(topic, partitions, MOST_PARTITIONS)
              + " Create the topic anew, or choose another punctual.topics.prefix.");
    }
  }
}
