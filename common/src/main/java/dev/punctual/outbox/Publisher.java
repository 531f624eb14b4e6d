package dev.punctual.outbox;

import dev.punctual.event.TopicProperties;
import dev.punctual.outbox.RelayObserver.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
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
  private KafkaProducer<String, String> current;
  private int turn;

  private Publisher(
      TopicProperties topics, Progress progress, List<KafkaProducer<String, String>> producers) {
    this.topics = topics;
    this.progress = progress;
    this.producers = producers;
    this.current = producers.get(0);
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

  /** Begins a Kafka transaction and sends events in their order. */
  void send(List<WaitingEvent> events, Consumer<Step> reached) {
    current = producers.get(turn);
    turn = 1 - turn;
    current.beginTransaction();
    for (int i = 0; i < events.size(); i++) {
      if (i == events.size() / 2) {
        reached.accept(Step.SENDING);
      }
      var event = events.get(i);
      send(CloudEvent.record(topics.name(event.topic()), event));
    }
    reached.accept(Step.SENT);
  }

  /**
   * Commits what was sent; when this returns, a read_committed consumer sees all of it, and if it
   * throws, none or all.
   *
   * @param onKafka everything that will be on Kafka then and may still have rows
   */
  void commit(Batch onKafka) {
    send(progress.record(onKafka));
    current.commitTransaction();
  }

  /**
   * A send that fails on its way makes the commit fail, with its cause. One that has failed already
   * is thrown at once: each record of a topic that is gone would be waited for in vain.
   */
  private void send(ProducerRecord<String, String> record) {
    var sent = current.send(record);
    if (!sent.isDone()) {
      return;
    }
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new KafkaException("The record was not sent", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    producers.forEach(producer -> producer.close(CLOSE_WITHIN));
  }
}
