package dev.punctual.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.testing.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressIT {

  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", Stack.kafkaBootstrap(), "auto.offset.reset", "none");

  @Test
  void an_end_that_is_never_reached_is_given_up() throws Exception {
    var topic = Stack.newTopicPrefix() + "outbox-progress";
    Stack.createTopic(topic, 1);
    var progress = new Progress(KAFKA, topic);
    try (var producer =
        new KafkaProducer<>(KAFKA, new StringSerializer(), new StringSerializer())) {
      producer.send(progress.record(Batch.NONE)).get();
    }
    try (var consumer =
        new KafkaConsumer<>(KAFKA, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      var within = Duration.ofSeconds(3);

      assertThat(progress.lastBetween(consumer, 0, 1, within)).isPresent();
      assertThatThrownBy(() -> progress.lastBetween(consumer, 0, 2, within))
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("could not be read up to offset 2");
    }
  }
}
