package dev.punctual.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  @TempDir Path directory;

  @Test
  void a_directory_comes_back_with_its_topics_and_serves_transactions() throws Exception {
    try (var kafka = EmbeddedKafka.in(directory).start();
        var admin = admin(kafka)) {
      admin.createTopics(List.of(new NewTopic("kept", 8, (short) 1))).all().get();
      sendInTransaction(kafka, "kept");
    }
    try (var kafka = EmbeddedKafka.in(directory).start();
        var admin = admin(kafka)) {
      assertThat(admin.listTopics().names().get()).contains("kept");
      sendInTransaction(kafka, "kept");
    }
  }

  @Test
  void a_topic_is_not_created_by_being_mentioned() throws Exception {
    try (var kafka = EmbeddedKafka.in(directory).start();
        var producer = producer(kafka, Map.of("max.block.ms", 1_000))) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("never-made", "?")).get())
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("never-made");
    }
  }

  private static void sendInTransaction(EmbeddedKafka kafka, String topic) throws Exception {
    try (var producer = producer(kafka, Map.of("transactional.id", "test"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "value")).get();
      producer.commitTransaction();
    }
  }

  private static Admin admin(EmbeddedKafka kafka) {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private static KafkaProducer<String, String> producer(
      EmbeddedKafka kafka, Map<String, Object> more) {
    var settings = new java.util.HashMap<>(more);
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }
}
