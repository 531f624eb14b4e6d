package dev.punctual.benchmarks;

import dev.punctual.event.EventJson;
import dev.punctual.event.ReminderDue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A read_committed consumer, and how long after its instant each reminder reached it. */
final class ReminderArrivals implements AutoCloseable {

  private final ConcurrentHistogram lateMicros = new ConcurrentHistogram(3);
  private final KafkaConsumer<String, String> consumer;
  private final Thread thread = new Thread(this::run, "reminder-arrivals");
  private final String part;
  private volatile boolean stopped;

  /**
   * @param prefix of the load that counts
   */
  ReminderArrivals(String bootstrapServers, String topic, String prefix) {
    part = "-" + prefix + "-";
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    thread.start();
  }

  private void run() {
    // The database is on this machine, so its clock is this one.
    var clock = InstantSource.system();
    while (!stopped) {
      for (var record : consumer.poll(Duration.ofMillis(100))) {
        var now = clock.instant();
        if (!record.key().contains(part)) {
          continue;
        }
        var due = EventJson.MAPPER.readValue(record.value(), ReminderDue.class);
        lateMicros.recordValue(Math.max(0, Duration.between(due.remindAt(), now).toNanos() / 1000));
      }
    }
    consumer.close();
  }

  long count() {
    return lateMicros.getTotalCount();
  }

  double millisAt(double percentile) {
    return lateMicros.getValueAtPercentile(percentile) / 1000.0;
  }

  @Override
  public void close() {
    stopped = true;
    Waiting.untilEnded(thread);
  }
}
