package dev.punctual.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing, checks those that are there, and warns of those that were
 * lost.
 */
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

  /** Whoever asks may hold the relay's lock: it gives up soon when Kafka is away. */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);
  private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(20);

  private final Map<String, Object> adminConfig;
  private final TopicProperties properties;

  /** What was warned of and stays as it is: it is looked at often, and said once. */
  private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();

  public Topics(Map<String, Object> adminConfig, TopicProperties properties) {
    this.adminConfig = new HashMap<>(adminConfig);
    this.adminConfig.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWERED_WITHIN.toMillis());
    this.adminConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    this.properties = properties;
  }

  /**
   * Makes sure that every topic exists; may run in several processes at once.
   *
   * @throws WrongPartitions if a topic's partitions are no power of two up to 64: the slots of the
   *     timers would not match
   * @throws KafkaException if Kafka cannot be reached or refuses
   */
  public void ensure() {
    var admin = Admin.create(adminConfig);
    try {
      var present = await(admin.listTopics().names());
      var wanted = wanted();
      // The last is created last, also when processes race at the first start: once it is there,
      // all others were.
      boolean complete = present.contains(wanted.get(wanted.size() - 1).name());
      for (var topic : wanted) {
        if (!present.contains(topic.name()) && create(admin, topic) && complete) {
          warnOfLoss(topic.name());
        }
      }
      // One just created is as wanted, and not every broker may describe it yet.
      for (var topic : Topic.values()) {
        if (present.contains(properties.name(topic))) {
          checkPartitions(admin, properties.name(topic));
        }
      }
      if (present.contains(properties.name(PROGRESS))) {
        keepCompacted(admin, properties.name(PROGRESS));
      }
    } finally {
      admin.close(CLOSE_WITHIN);
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

  private void warnOfLoss(String topic) {
    if (topic.equals(properties.name(PROGRESS))) {
      log.warn(
          "Topic {} was lost and is created anew. The events of the last batch may be on the log twice;"
              + " consumers know them by their ce_id.",
          topic);
    } else if (topic.equals(properties.name(Topic.TASK_EVENTS))) {
      log.warn(
          "Topic {} was lost and is created anew, empty. Consumers have missed events; give them the current state with"
              + " \"java -jar task-service.jar events republish --topic {}\".",
          topic,
          Topic.TASK_EVENTS.baseName());
    } else {
      log.warn("Topic {} was lost and is created anew, empty. What was on it is gone.", topic);
    }
  }

  private void checkPartitions(Admin admin, String name) {
    int partitions =
        onceKnown(
            () -> {
              var described = await(admin.describeTopics(List.of(name)).allTopicNames());
              return described.values().iterator().next().partitions().size();
            });
    if (Integer.bitCount(partitions) != 1 || partitions > MOST_PARTITIONS) {
      throw new WrongPartitions(name, partitions);
    }
    if (partitions < properties.partitions() && warnedOf.add(name)) {
      log.warn(
          "Topic {} has {} partitions, and punctual.topics.partitions is {}. If the broker created it by itself, set its"
              + " auto.create.topics.enable=false; add the partitions while all services are stopped, or change the setting.",
          name,
          partitions,
          properties.partitions());
    }
  }

  /** A broker that creates topics by itself would forget the relay's progress after some days. */
  private void keepCompacted(Admin admin, String name) {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try {
      var configs = onceKnown(() -> await(admin.describeConfigs(List.of(topic)).all()));
      var policy =
          Objects.requireNonNull(configs.get(topic)).get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
      if (TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
        return;
      }
      var compact =
          new AlterConfigOp(
              new ConfigEntry(
                  TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT),
              AlterConfigOp.OpType.SET);
      await(admin.incrementalAlterConfigs(Map.of(topic, List.of(compact))).all());
      log.warn(
          "Topic {} had cleanup.policy={}, and would have forgotten the relay's progress; it is compact now. If the broker"
              + " created it by itself, set its auto.create.topics.enable=false.",
          name,
          policy);
    } catch (RetriableException e) {
      throw e;
    } catch (ApiException e) {
      // No right to, or no such request: what is published meanwhile matters more.
      if (warnedOf.add(name)) {
        log.warn(
            "Whether cleanup.policy of topic {} is compact cannot be checked or mended: {}. See to it, or events may come"
                + " twice after a crash.",
            name,
            e.getMessage());
      }
    }
  }

  /** A topic that was created just now may not be known to the broker that is asked. */
  private static <T> T onceKnown(Supplier<T> question) {
    for (long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos(); ; ) {
      try {
        return question.get();
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
      return future.get(ANSWERED_WITHIN.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("Kafka did not answer within " + ANSWERED_WITHIN, e);
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
