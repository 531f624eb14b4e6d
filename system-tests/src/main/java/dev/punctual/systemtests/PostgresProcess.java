package dev.punctual.systemtests;

import dev.punctual.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL server with the durability of production, which can be killed and started again. */
final class PostgresProcess {

  static final String DATABASE = "punctual";

  private final Path directory;
  private final int port = Ports.free();
  private @Nullable EmbeddedPostgres server;

  PostgresProcess(Path directory) {
    this.directory = directory.resolve("postgres");
  }

  void start() {
    try {
      server = EmbeddedPostgres.in(directory).port(port).start();
      server.createDatabase(DATABASE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  JdbcClient jdbc() {
    return JdbcClient.create(new DriverManagerDataSource(url(), EmbeddedPostgres.USER, ""));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), EmbeddedPostgres.USER, "");
  }

  /** SIGKILL to the postmaster; its children end when they notice. */
  void kill() {
    long postmaster = postmaster();
    var handle = ProcessHandle.of(postmaster).orElseThrow();
    handle.destroyForcibly();
    Waiting.until("PostgreSQL is dead", Duration.ofSeconds(20), () -> !handle.isAlive());
    // It finds nobody to stop, and gives back its lock on the directory.
    end();
  }

  private long postmaster() {
    try {
      return Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid")).get(0).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void end() {
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
