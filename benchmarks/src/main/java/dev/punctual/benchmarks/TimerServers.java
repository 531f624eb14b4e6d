package dev.punctual.benchmarks;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import dev.punctual.schema.SchemaMigration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL with the durability of production, which also notes when each transaction committed
 * and counts statements; and Kafka in this process.
 */
final class TimerServers implements AutoCloseable {

  private static final int PARTITIONS = 8;
  private static final String MIGRATED = "migrated";

  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;

  private final long started = System.nanoTime();

  private TimerServers(Path directory, EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    this.directory = directory;
    this.postgres = postgres;
    this.kafka = kafka;
  }

  static TimerServers start() throws IOException, SQLException {
    var directory = Files.createTempDirectory("punctual-timers-bench");
    var data = directory.resolve("postgres");
    try (var postgres = EmbeddedPostgres.in(data).start()) {
      var server = JdbcClient.create(postgres.dataSource("postgres"));
      server.sql("ALTER SYSTEM SET track_commit_timestamp = on").update();
      server.sql("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'").update();
      server.sql("ALTER SYSTEM SET shared_buffers = '1GB'").update();
      server.sql("ALTER SYSTEM SET max_wal_size = '8GB'").update();
    }
    var kafka = EmbeddedKafka.in(directory.resolve("kafka")).start();
    var postgres = EmbeddedPostgres.in(data).start();
    postgres.createDatabase(MIGRATED);
    SchemaMigration.migrate(postgres.dataSource(MIGRATED));
    JdbcClient.create(postgres.dataSource(MIGRATED))
        .sql("CREATE EXTENSION pg_stat_statements")
        .update();
    return new TimerServers(directory, postgres, kafka);
  }

  String kafka() {
    return kafka.bootstrapServers();
  }

  /** A new database with Punctual's schema and its users. */
  JdbcClient newDatabase(String name) {
    JdbcClient.create(postgres.dataSource("postgres"))
        .sql("CREATE DATABASE %s TEMPLATE %s".formatted(name, MIGRATED))
        .update();
    return JdbcClient.create(postgres.dataSource(name));
  }

  DataSource dataSource(String database) {
    return postgres.dataSource(database);
  }

  /** Since the servers were started. */
  Duration runningFor() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  String url(String database) {
    return postgres.jdbcUrl(database);
  }

  TopicProperties newTopics(String prefix) {
    var topics =
        new TopicProperties(
            prefix, PARTITIONS, (short) 1, Duration.ofHours(1), Duration.ofHours(1));
    new Topics(Map.of("bootstrap.servers", kafka()), topics).ensure();
    return topics;
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    kafka.close();
    postgres.close();
    FileSystemUtils.deleteRecursively(directory);
  }
}
