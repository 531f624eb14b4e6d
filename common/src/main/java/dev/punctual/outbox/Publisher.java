package dev.punctual.outbox;

import dev.punctual.event.TopicProperties;
import dev.punctual.outbox.RelayObserver.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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
   * Sends events in their order, and with them the progress, in a Kafka transaction of their own;
   * when this returns they are on the log, and nobody sees them. The transaction sent before must
   * be committed before the next but one is begun.
   *
   * @param onKafka everything that will be on Kafka once this is committed and may still have rows
   * @throws KafkaException if the log does not take them, with the cause
   */
  Sent send(List<WaitingEvent> events, Batch onKafka, Consumer<Step> reached) {
    var producer = producers.get(turn);
    turn = 1 - turn;
    producer.beginTransaction();
    var sends = new ArrayList<Future<RecordMetadata>>(events.size() + 1);
    for (int i = 0; i < events.size(); i++) {
      if (i == events.size() / 2) {
        reached.accept(Step.SENDING);
      }
      var event = events.get(i);
      sends.add(send(producer, CloudEvent.record(topics.name(event.topic()), event)));
    }
    sends.add(send(producer, progress.record(onKafka)));
    producer.flush();
    sends.forEach(Publisher::requireSent);
    reached.accept(Step.SENT);
    return producer::commitTransaction;
  }

  /** A batch on the log. */
  interface Sent {

    /**
     * When this returns, a read_committed consumer sees all of the batch within a moment, and if it
     * throws, none or all. Batches are committed in the order in which they were sent.
     */
    void commit();
  }

  /**
   * One that has failed already is thrown at once: each record of a topic that is gone would be
   * waited for in vain.
   */
  private static Future<RecordMetadata> send(
      KafkaProducer<String, String> producer, ProducerRecord<String, String> record) {
    var sent = producer.send(record);
    if (sent.isDone()) {
      requireSent(sent);
    }
    return sent;
  }

  private static void requireSent(Future<RecordMetadata> sent) {
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
