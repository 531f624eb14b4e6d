package dev.punctual.outbox;

import dev.punctual.event.TopicProperties;
import dev.punctual.outbox.RelayObserver.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes batches, each in one Kafka transaction, under two fixed transactional ids that take
 * turns: the next transaction of one id waits for the markers of its last, so a single id is ten
 * times slower to the consumer.
 */
final class Publisher implements AutoCloseable {

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final TopicProperties topics;
  private final Progress progress;
  private final List<KafkaProducer<String, String>> producers;
  private int turn;

  private Publisher(
      TopicProperties topics, Progress progress, List<KafkaProducer<String, String>> producers) {
    this.topics = topics;
    this.progress = progress;
    this.producers = producers;
  }

  /** Fences a predecessor that may still be alive, and settles what it left in doubt. */
  static Publisher open(Map<String, Object> config, TopicProperties topics, Progress progress) {
    var publisher =
        new Publisher(
            topics, progress, List.of(producer(config, topics, 0), producer(config, topics, 1)));
    try {
      publisher.producers.forEach(KafkaProducer::initTransactions);
      return publisher;
    } catch (RuntimeException e) {
      publisher.close();
      throw e;
    }
  }

  private static KafkaProducer<String, String> producer(
      Map<String, Object> config, TopicProperties topics, int number) {
    var settings = new HashMap<>(config);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.name("punctual-relay-" + number));
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  /**
   * Publishes events in their order; when this returns, a read_committed consumer sees all of them,
   * and if it throws, none or all.
   */
  void publish(List<WaitingEvent> events, Consumer<Step> reached) {
    var producer = producers.get(turn);
    turn = 1 - turn;
    producer.beginTransaction();
    for (int i = 0; i < events.size(); i++) {
      if (i == events.size() / 2) {
        reached.accept(Step.SENDING);
      }
      var event = events.get(i);
      send(producer, CloudEvent.record(topics.name(event.topic()), event));
    }
    send(producer, progress.record(Batch.of(events)));
    reached.accept(Step.SENT);
    producer.commitTransaction();
  }

  /** A send that fails makes the commit fail, with its cause; its future is not needed. */
  private static void send(
      KafkaProducer<String, String> producer, ProducerRecord<String, String> record) {
    var ignored = producer.send(record);
  }

  @Override
  public void close() {
    producers.forEach(producer -> producer.close(CLOSE_WITHIN));
  }
}
