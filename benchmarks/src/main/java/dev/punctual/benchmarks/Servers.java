package dev.punctual.benchmarks;

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
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL, with the durability of production, and Kafka, each in processes of its own, on
 * directories that go when the benchmark ends.
 */
final class Servers implements AutoCloseable {

  private final Path directory;
  private final EmbeddedPostgres postgres;
  private @Nullable KafkaProcess kafka;
  private boolean closed;

  private Servers(Path directory, EmbeddedPostgres postgres) {
    this.directory = directory;
    this.postgres = postgres;
  }

  /** Starts both. The peer that reads the write-ahead log needs {@code logicalWal}. */
  static Servers start(boolean logicalWal) throws IOException, SQLException {
    var directory = Files.createTempDirectory("punctual-bench");
    var postgres = EmbeddedPostgres.in(directory.resolve("postgres")).start();
    if (logicalWal) {
      JdbcClient.create(postgres.dataSource("postgres"))
          .sql("ALTER SYSTEM SET wal_level = 'logical'")
          .update();
      postgres.close();
      postgres = EmbeddedPostgres.in(directory.resolve("postgres")).start();
    }
    var servers = new Servers(directory, postgres);
    Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
    servers.kafka = KafkaProcess.start(directory.resolve("kafka"));
    return servers;
  }

  String kafka() {
    return Objects.requireNonNull(kafka).bootstrapServers();
  }

  /** Creates the database with Punctual's schema, unless it is there. */
  DataSource database(String name) {
    try {
      postgres.createDatabase(name);
    } catch (SQLException e) {
      throw new IllegalStateException("Database " + name + " could not be created", e);
    }
    var dataSource = postgres.dataSource(name);
    SchemaMigration.migrate(dataSource);
    return dataSource;
  }

  String jdbcUrl(String name) {
    return postgres.jdbcUrl(name);
  }

  int postgresPort() {
    return postgres.port();
  }

  /** Punctual's topics under this prefix, with the partitions of a default installation. */
  void topics(String prefix) {
    var properties =
        new TopicProperties(prefix, 8, (short) 1, Duration.ofDays(7), Duration.ofHours(1));
    new Topics(Map.of("bootstrap.servers", kafka()), properties).ensure();
  }

  /** May be called again, as at the end of an interrupted run. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (kafka != null) {
      kafka.close();
    }
    try {
      postgres.close();
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      System.err.println("Left behind in " + directory + ": " + e.getMessage());
    }
  }
}
