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
   * Begins a Kafka transaction. The one begun before must be on the log by then, and the one before
   * that be committed.
   */
  Transaction begin() {
    var producer = producers.get(turn);
    turn = 1 - turn;
    producer.beginTransaction();
    return new Transaction(producer);
  }

  /**
   * A batch on its way. Whatever is thrown here, a read_committed consumer sees none or all of it.
   */
  final class Transaction {

    private final KafkaProducer<String, String> producer;
    private final List<Future<RecordMetadata>> sends = new ArrayList<>();

    private Transaction(KafkaProducer<String, String> producer) {
      this.producer = producer;
    }

    /** Sends events in their order; they may be on their way when this returns. */
    void send(List<WaitingEvent> events, Consumer<Step> reached) {
      for (int i = 0; i < events.size(); i++) {
        if (i == events.size() / 2) {
          reached.accept(Step.SENDING);
        }
        var event = events.get(i);
        send(CloudEvent.record(topics.name(event.topic()), event));
      }
    }

    /**
     * Sends the progress, and returns when everything is on the log, where nobody sees it yet.
     *
     * @param onKafka everything that will be on Kafka once this is committed and may still have
     *     rows
     * @throws KafkaException if the log does not take a record, with the cause
     */
    void complete(Batch onKafka) {
      send(progress.record(onKafka));
      producer.flush();
      sends.forEach(Publisher::requireSent);
    }

    /** When this returns, a read_committed consumer sees the batch within a moment. */
    void commit() {
      producer.commitTransaction();
    }

    /**
     * One that has failed already is thrown at once: each record of a topic that is gone would be
     * waited for in vain.
     */
    private void send(ProducerRecord<String, String> record) {
      var sent = producer.send(record);
      if (sent.isDone()) {
        requireSent(sent);
      }
      sends.add(sent);
    }
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
