package dev.punctual.testing;

import dev.punctual.event.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A real PostgreSQL and a real Kafka, each started when a test first asks for it and once for all
 * tests of the JVM: embedded, or in containers with {@code -Dstack=containers}. Tests share the
 * servers, so each takes its own database and its own topics.
 */
public final class Stack {
  private static final boolean IN_CONTAINERS =
      System.getProperty("stack", "embedded").equals("containers");

  private Stack() {}

  /** A new database with the whole schema and no rows. */
  public static Database newDatabase() {
    return Postgres.SERVER.newDatabase();
  }

  /** A new database without any table. */
  public static Database newEmptyDatabase() {
    return Postgres.SERVER.newEmptyDatabase();
  }

  public static String kafkaBootstrap() {
    return Kafka.BOOTSTRAP_SERVERS;
  }

  /** A prefix for the names of topics that no other test has, such as {@code t1k9x-}. */
  public static String newTopicPrefix() {
    return "t" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36) + "-";
  }

  /** Creates a topic, which must be new. */
  public static void createTopic(String name, int partitions) {
    create(List.of(new NewTopic(name, partitions, (short) 1)));
  }

  /** Creates the topics of the contract under a prefix, each with its dead-letter topic. */
  public static void createTopics(String prefix, int partitions) {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      topics.add(new NewTopic(prefix + topic.baseName(), partitions, (short) 1));
      topics.add(new NewTopic(prefix + topic.baseName() + "-dlt", partitions, (short) 1));
    }
    create(topics);
  }

  private static void create(List<NewTopic> topics) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafkaBootstrap()))) {
      admin.createTopics(topics).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("Could not create " + topics, e);
    }
  }

  private static final class Postgres {
    static final DatabaseServer SERVER =
        IN_CONTAINERS ? Containers.postgres() : Embedded.postgres();
  }

  private static final class Kafka {
    static final String BOOTSTRAP_SERVERS = IN_CONTAINERS ? Containers.kafka() : Embedded.kafka();
  }
}
