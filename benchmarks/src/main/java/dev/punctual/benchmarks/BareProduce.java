package dev.punctual.benchmarks;

import dev.punctual.event.EventJson;
import dev.punctual.event.ReminderDue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The floor of the way to a consumer: no database; what is due is sent in a transaction at its
 * instant, by two transactional ids that take turns.
 */
final class BareProduce {

  private BareProduce() {}

  static void run(TimerServers servers, String prefix, TimerLoad load) {
    var topic = prefix + "notifications";
    var producers =
        IntStream.range(0, 2).mapToObj(n -> producer(servers.kafka(), prefix + n)).toList();
    producers.forEach(KafkaProducer::initTransactions);
    var clock = InstantSource.system();
    int turn = 0;
    int next = 0;
    while (next < load.count()) {
      Waiting.until(instant(load, next));
      int end = next;
      while (end < load.count() && !instant(load, end).isAfter(clock.instant())) {
        end++;
      }
      send(producers.get(turn), topic, load, next, end);
      turn = 1 - turn;
      next = end;
    }
    producers.forEach(KafkaProducer::close);
  }

  private static void send(
      KafkaProducer<String, String> producer, String topic, TimerLoad load, int from, int to) {
    producer.beginTransaction();
    for (int n = from; n < to; n++) {
      var at = instant(load, n);
      var event =
          new ReminderDue(
              load.id(n), load.id(n), "user-1", "Water the plants on the balcony", null, at, at, 0);
      var ignored = producer.send(new ProducerRecord<>(topic, load.id(n), EventJson.write(event)));
    }
    producer.commitTransaction();
  }

  private static Instant instant(TimerLoad load, int n) {
    return load.first().plus(load.apart().multipliedBy(n));
  }

  private static KafkaProducer<String, String> producer(String bootstrapServers, String id) {
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "bootstrap.servers", bootstrapServers, "transactional.id", id, "linger.ms", "0"));
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }
}
