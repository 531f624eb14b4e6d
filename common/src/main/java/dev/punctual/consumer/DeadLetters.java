package dev.punctual.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.punctual.event.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records aside that cannot be read: on {@code <topic>-dlt}, byte for byte, with headers that
 * say from where and why; without the value if that is too large for the topic. Counted in {@code
 * punctual.consumer.dead.letters}.
 */
public final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final String OURS = "dlt_";
  private static final int LONGEST_REASON = 1_000;

  private final Map<String, Object> producerConfig;
  private final String group;
  private final InstantSource clock;
  private final MeterRegistry meters;

  /**
   * @param group the consumer group that cannot read the records
   */
  public DeadLetters(
      Map<String, Object> producerConfig, String group, InstantSource clock, MeterRegistry meters) {
    this.producerConfig = new HashMap<>(producerConfig);
    this.producerConfig.put(ProducerConfig.ACKS_CONFIG, "all");
    this.producerConfig.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    this.producerConfig.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    this.producerConfig.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    this.group = group;
    this.clock = clock;
    this.meters = meters;
  }

  /** A record and why it cannot be read. */
  record Letter(ConsumerRecord<byte[], byte[]> unreadable, UnreadableRecord reason) {

    String place() {
      return "%s-%d@%d".formatted(unreadable.topic(), unreadable.partition(), unreadable.offset());
    }
  }

  /**
   * Returns when Kafka has them all. It is rare, so each call has a producer of its own.
   *
   * <p>What is too large even without its value is only logged and counted: no letter may be in the
   * way of all others.
   *
   * @throws KafkaException if Kafka does not take them; some may be there already
   */
  void send(List<Letter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    List<Letter> dropped;
    try (var producer =
        new KafkaProducer<>(producerConfig, new ByteArraySerializer(), new ByteArraySerializer())) {
      var tooLarge = send(producer, letters, this::record);
      dropped = send(producer, tooLarge, this::withoutValue);
    }
    letters.forEach(letter -> report(letter, dropped.contains(letter)));
  }

  /** Returns those that Kafka refuses for their size. */
  private static List<Letter> send(
      KafkaProducer<byte[], byte[]> producer,
      List<Letter> letters,
      Function<Letter, ProducerRecord<byte[], byte[]>> form) {
    var sent = letters.stream().map(form).map(producer::send).toList();
    var tooLarge = new ArrayList<Letter>();
    try {
      for (int i = 0; i < sent.size(); i++) {
        if (isTooLarge(sent.get(i))) {
          tooLarge.add(letters.get(i));
        }
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    return tooLarge;
  }

  private static boolean isTooLarge(Future<?> sent) throws InterruptedException {
    try {
      sent.get();
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException) {
        return true;
      }
      throw new KafkaException("The dead letters were not taken by Kafka", e.getCause());
    }
  }

  private void report(Letter letter, boolean dropped) {
    var topic = letter.unreadable().topic();
    meters.counter("punctual.consumer.dead.letters", "topic", topic, "group", group).increment();
    log.error(
        dropped
            ? "Group {} cannot read the record {} (key {}), which is too large for {} even without its value; only this line tells of it: {}"
            : "Group {} put the record {} (key {}) on {}: {}",
        group,
        letter.place(),
        letter.unreadable().key() == null
            ? null
            : shortened(new String(letter.unreadable().key(), UTF_8)),
        topic + Topics.DEAD_LETTERS,
        shortened(letter.reason().getMessage()));
  }

  private ProducerRecord<byte[], byte[]> withoutValue(Letter letter) {
    var whole = record(letter);
    var size = letter.unreadable().value() == null ? 0 : letter.unreadable().value().length;
    add(whole.headers(), "dlt_omitted_bytes", Integer.toString(size));
    return new ProducerRecord<>(whole.topic(), null, whole.key(), null, whole.headers());
  }

  private ProducerRecord<byte[], byte[]> record(Letter letter) {
    var origin = letter.unreadable();
    var headers = new RecordHeaders();
    origin.headers().forEach(header -> addUnlessOurs(headers, header.key(), header.value()));
    add(headers, "dlt_topic", origin.topic());
    add(headers, "dlt_partition", Integer.toString(origin.partition()));
    add(headers, "dlt_offset", Long.toString(origin.offset()));
    add(headers, "dlt_group", group);
    add(headers, "dlt_time", clock.instant().toString());
    add(headers, "dlt_error", letter.reason().getClass().getName());
    add(headers, "dlt_reason", shortened(letter.reason().getMessage()));
    return new ProducerRecord<>(
        origin.topic() + Topics.DEAD_LETTERS, null, origin.key(), origin.value(), headers);
  }

  /** A letter that came back and is put aside again says why it is this time. */
  private static void addUnlessOurs(Headers headers, String name, byte[] value) {
    if (!name.startsWith(OURS) || name.equals("dlt_replays")) {
      headers.add(name, value);
    }
  }

  private static String shortened(@Nullable String text) {
    return text == null || text.length() <= LONGEST_REASON
        ? String.valueOf(text)
        : text.substring(0, LONGEST_REASON) + "…";
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
