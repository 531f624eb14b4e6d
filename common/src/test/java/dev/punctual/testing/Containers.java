package dev.punctual.testing;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The servers as containers of their official images, removed by Testcontainers at the end. */
final class Containers {

  private Containers() {}

  // The containers live as long as the JVM, so nobody closes them here.
  @SuppressWarnings("resource")
  static DatabaseServer postgres() {
    var postgres =
        new PostgreSQLContainer("postgres:18")
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
    postgres.start();
    String server =
        "jdbc:postgresql://%s:%d/".formatted(postgres.getHost(), postgres.getFirstMappedPort());
    return new DatabaseServer(
        database -> server + database, postgres.getUsername(), postgres.getPassword());
  }

  @SuppressWarnings("resource")
  static String kafka() {
    var kafka =
        new KafkaContainer("apache/kafka:4.2.1")
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_MIN_INSYNC_REPLICAS", "1")
            .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1")
            .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1")
            .withEnv("KAFKA_ADD_PARTITIONS_TO_TXN_RETRY_BACKOFF_MS", "1");
    kafka.start();
    return kafka.getBootstrapServers();
  }
}
