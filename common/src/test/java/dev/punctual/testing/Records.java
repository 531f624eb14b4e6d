package dev.punctual.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What a plain consumer reads from whole topics, from their beginning: committed records only. For
 * one thread; it never joins a group, so it disturbs nobody.
 */
public final class Records implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  /** A commit returns before the markers are written that make it visible. */
  private static final Duration FOR_MARKERS = Duration.ofSeconds(2);

  private final String bootstrapServers;
  private final KafkaConsumer<String, String> consumer;
  private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

  private Records(String bootstrapServers, KafkaConsumer<String, String> consumer) {
    this.bootstrapServers = bootstrapServers;
    this.consumer = consumer;
  }

  /** Reads topics of the shared Kafka; they must exist. */
  public static Records of(String... topics) {
    return at(Stack.kafkaBootstrap(), topics);
  }

  /** Reads topics of another Kafka. */
  public static Records at(String bootstrapServers, String... topics) {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "allow.auto.create.topics", "false"),
            new StringDeserializer(),
            new StringDeserializer());
    List<TopicPartition> partitions =
        Arrays.stream(topics)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new Records(bootstrapServers, consumer);
  }

  /** Reads until one record fits, and returns the first that does, read now or before. */
  public ConsumerRecord<String, String> awaitOne(Predicate<ConsumerRecord<String, String>> fits) {
    return awaitCount(1, fits).get(0);
  }

  /** Reads until so many records fit, and returns those that do. */
  public List<ConsumerRecord<String, String>> awaitCount(
      int count, Predicate<ConsumerRecord<String, String>> fits) {
    return await(records -> records.stream().filter(fits).count() >= count).stream()
        .filter(fits)
        .toList();
  }

  /** Reads until the condition holds for all that was read so far, and returns all of it. */
  public List<ConsumerRecord<String, String>> await(
      Predicate<List<ConsumerRecord<String, String>>> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.test(read)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not within %s. What came:%n%s".formatted(PATIENCE, describe()));
      }
      poll();
    }
    return List.copyOf(read);
  }

  /**
   * Reads all that is committed by now, and returns everything read so far. While a transaction is
   * open this takes two seconds.
   */
  public List<ConsumerRecord<String, String>> readToEnd() {
    awaitMarkers();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    return await(
        records ->
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
  }

  private void awaitMarkers() {
    long deadline = System.nanoTime() + FOR_MARKERS.toNanos();
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      while (!consumer.endOffsets(consumer.assignment()).equals(endsOfTheLog(admin))
          && System.nanoTime() < deadline) {
        poll();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private Map<TopicPartition, Long> endsOfTheLog(Admin admin)
      throws InterruptedException, ExecutionException {
    var latest =
        consumer.assignment().stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /** A record's header as text, or null when it has none of that name. */
  public static @Nullable String header(ConsumerRecord<String, String> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Whether the record's {@code ce_type} is this. */
  public static Predicate<ConsumerRecord<String, String>> ofType(String type) {
    return record -> type.equals(header(record, "ce_type"));
  }

  /** Whether the record's key is this. */
  public static Predicate<ConsumerRecord<String, String>> withKey(String key) {
    return record -> key.equals(record.key());
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void poll() {
    consumer.poll(POLL).forEach(read::add);
  }

  private String describe() {
    return read.stream()
        .map(
            r ->
                "%s-%d@%d %s %s %s"
                    .formatted(
                        r.topic(),
                        r.partition(),
                        r.offset(),
                        header(r, "ce_type"),
                        r.key(),
                        r.value()))
        .collect(Collectors.joining("\n"));
  }
}
