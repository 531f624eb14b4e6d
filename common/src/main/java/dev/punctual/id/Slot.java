package dev.punctual.id;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * The slot of a timer: Kafka's default partitioner hash of its id, modulo {@value #COUNT}. A topic
 * whose partitions are a power of two up to {@value #COUNT} puts the timer's records on partition
 * {@code slot % partitions}.
 */
public final class Slot {

  /** How many slots there are; stored with each timer, so never to be changed. */
  public static final int COUNT = 64;

  private Slot() {}

  public static int of(String key) {
    return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), COUNT);
  }
}
