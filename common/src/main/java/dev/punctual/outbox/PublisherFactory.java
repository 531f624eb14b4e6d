package dev.punctual.outbox;

import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Opens publishers on the successor's path: whoever published before is fenced, and what it left is
 * settled.
 */
final class PublisherFactory {

  private final Map<String, Object> producerConfig;
  private final Map<String, Object> consumerConfig;
  private final TopicProperties topicNames;
  private final Topics topics;

  PublisherFactory(
      Map<String, Object> producerConfig,
      Map<String, Object> consumerConfig,
      TopicProperties topicNames,
      Topics topics) {
    this.producerConfig = forTransactions(producerConfig);
    this.consumerConfig = readingCommitted(consumerConfig);
    this.topicNames = topicNames;
    this.topics = topics;
  }

  /**
   * Fences, then deletes the rows that the last committed progress names: no other event on Kafka
   * can still have one.
   */
  Publisher openAndSettle(WaitingEvents waiting) {
    topics.ensure();
    var progress = new Progress(consumerConfig, topicNames.name(Topics.PROGRESS));
    var publisher = Publisher.open(producerConfig, topicNames, progress);
    try {
      progress.last().ifPresent(waiting::delete);
      return publisher;
    } catch (RuntimeException e) {
      publisher.close();
      throw e;
    }
  }

  private static Map<String, Object> forTransactions(Map<String, Object> config) {
    var settings = new HashMap<>(config);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    // The commit flushes; until then records of one partition gather.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
    return settings;
  }

  private static Map<String, Object> readingCommitted(Map<String, Object> config) {
    var settings = new HashMap<>(config);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return settings;
  }
}
