package dev.punctual.benchmarks;

import dev.punctual.event.TaskEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The floor with transactions, without a database: whatever waits in memory goes into the next
 * transaction, under transactional ids that take turns, since the next transaction of one id waits
 * for the markers of its last.
 */
final class TransactionalProducer implements Contender {

  private static final int BATCH = 1_000;
  private static final int TRANSACTIONAL_IDS = 2;

  private final String topic;
  private final List<KafkaProducer<String, String>> producers;
  private final LinkedBlockingQueue<ProducerRecord<String, String>> waiting =
      new LinkedBlockingQueue<>();
  private final Thread sender = new Thread(this::run, "transactional-producer");
  private volatile boolean stopped;
  private int turn;

  TransactionalProducer(Servers servers, Entrant entrant) {
    topic = entrant.topic();
    producers =
        IntStream.range(0, TRANSACTIONAL_IDS)
            .mapToObj(n -> producer(servers, entrant.prefix() + n))
            .toList();
    producers.forEach(KafkaProducer::initTransactions);
    sender.start();
  }

  private static KafkaProducer<String, String> producer(Servers servers, String id) {
    var settings = new HashMap<>(Records.producer(servers.kafka(), 0));
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  @Override
  public long release(List<TaskEvent> events) {
    var records = events.stream().map(event -> Records.of(topic, event)).toList();
    long start = System.nanoTime();
    waiting.addAll(records);
    return start;
  }

  @Override
  public long write(TaskEvent event) {
    var record = Records.of(topic, event);
    long start = System.nanoTime();
    waiting.add(record);
    return start;
  }

  private void run() {
    var batch = new ArrayList<ProducerRecord<String, String>>();
    try {
      while (!stopped) {
        var first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, BATCH - 1);
          send(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(List<ProducerRecord<String, String>> batch) {
    var producer = producers.get(turn);
    turn = (turn + 1) % producers.size();
    producer.beginTransaction();
    for (var record : batch) {
      var ignored = producer.send(record);
    }
    producer.commitTransaction();
  }

  @Override
  public void close() {
    stopped = true;
    Pause.untilEnded(sender);
    producers.forEach(KafkaProducer::close);
  }
}
