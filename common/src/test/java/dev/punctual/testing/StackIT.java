package dev.punctual.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class StackIT {

  @Test
  void each_database_is_its_own() {
    try (Database one = Stack.newDatabase();
        Database other = Stack.newDatabase()) {
      one.jdbc().sql("CREATE TABLE mine (id int)").update();

      assertThat(tables(one)).contains("mine", "tasks", "timers");
      assertThat(tables(other)).doesNotContain("mine");
      assertThat(tables(Stack.newEmptyDatabase())).isEmpty();
    }
  }

  @Test
  void records_reads_what_is_committed_and_nothing_of_what_was_rolled_back() throws Exception {
    String topic = Stack.newTopicPrefix() + "facts";
    Stack.createTopic(topic, 4);
    try (var producer = transactionalProducer();
        Records records = Records.of(topic)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "a", "taken back")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "a", "kept")).get();
      producer.commitTransaction();

      assertThat(records.awaitOne(Records.withKey("a")).value()).isEqualTo("kept");
      assertThat(records.readToEnd()).hasSize(1);
    }
  }

  private static KafkaProducer<String, String> transactionalProducer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers", Stack.kafkaBootstrap(),
            "transactional.id", Stack.newTopicPrefix()),
        new StringSerializer(),
        new StringSerializer());
  }

  private static List<String> tables(Database database) {
    return database
        .jdbc()
        .sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        .query(String.class)
        .list();
  }
}
