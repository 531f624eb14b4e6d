package dev.punctual.benchmarks;

import dev.punctual.event.TaskEvent;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The floor without any promise: produce as soon as it is there, no transaction, no database. */
final class BareProducer implements Contender {

  private final KafkaProducer<String, String> producer;
  private final String topic;

  BareProducer(Servers servers, Entrant entrant) {
    topic = entrant.topic();
    producer =
        new KafkaProducer<>(
            new HashMap<>(Records.producer(servers.kafka(), 0)),
            new StringSerializer(),
            new StringSerializer());
  }

  @Override
  public long release(List<TaskEvent> events) {
    var records = events.stream().map(event -> Records.of(topic, event)).toList();
    long start = System.nanoTime();
    records.forEach(this::send);
    return start;
  }

  @Override
  public long write(TaskEvent event) {
    var record = Records.of(topic, event);
    long start = System.nanoTime();
    send(record);
    return start;
  }

  private void send(ProducerRecord<String, String> record) {
    var ignored = producer.send(record);
  }

  @Override
  public void close() {
    producer.close();
  }
}
