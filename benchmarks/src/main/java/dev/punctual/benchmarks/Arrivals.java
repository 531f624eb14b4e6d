package dev.punctual.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A read_committed consumer of one topic from its end on, and when it received what. */
final class Arrivals implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLongArray at;
  private final Thread thread = new Thread(this::run, "arrivals");
  private volatile long last;
  private volatile boolean stopped;

  /** Starts to listen; whatever is sent after this returns is received. */
  Arrivals(String bootstrapServers, String topic, int numbers) {
    at = new AtomicLongArray(numbers);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    var partitions =
        consumer.partitionsFor(topic).stream().map(p -> new TopicPartition(topic, p.partition()));
    consumer.assign(partitions.toList());
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    thread.start();
  }

  private void run() {
    while (!stopped) {
      var records = consumer.poll(POLL);
      long now = System.nanoTime();
      for (var record : records) {
        at.set(Tasks.numberOf(record.key()), now);
      }
      if (!records.isEmpty()) {
        last = now;
        count.addAndGet(records.count());
      }
    }
    consumer.close();
  }

  /** When the one with this number came ({@link System#nanoTime}), or 0 if it did not. */
  long of(int number) {
    return at.get(number);
  }

  int count() {
    return count.get();
  }

  /** When the last one came. */
  long last() {
    return last;
  }

  /** Waits until so many have come in all; returns whether they did in time. */
  boolean await(int expected, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (count.get() < expected && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return count.get() >= expected;
  }

  @Override
  public void close() {
    stopped = true;
    Pause.untilEnded(thread);
  }
}
