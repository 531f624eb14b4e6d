package dev.punctual.localstack;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.embedded.FreePort;
import dev.punctual.schema.SchemaMigration;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** PostgreSQL and Kafka with the stack's data. */
final class Servers {
  static final String DATABASE = "punctual";

  private Servers() {}

  /**
   * Looks before anything is started: a server that finds its port taken says so late and long.
   *
   * @throws StartFailure naming the port and the option that moves it
   */
  static void requirePorts(Options options) {
    Map<Integer, String> chosen = new LinkedHashMap<>();
    choose(chosen, options.httpPort(), "--http-port");
    choose(chosen, options.postgresPort(), "--postgres-port");
    choose(chosen, options.kafkaPort(), "--kafka-port");
    chosen.forEach(Servers::requirePort);
  }

  /** The database with its schema up to date. A failure leaves no server running. */
  static EmbeddedPostgres startPostgres(DataDirectory data, int port, String password)
      throws IOException, SQLException {
    return start(
        EmbeddedPostgres.in(data.postgres()).port(port).password(password),
        // While Kafka still starts; the service would do it, with the workers waiting for it.
        postgres -> SchemaMigration.migrate(postgres.dataSource(DATABASE)));
  }

  /** The database alone, on a free port, with the schema as it stands. */
  static EmbeddedPostgres startBarePostgres(DataDirectory data) throws IOException, SQLException {
    return start(EmbeddedPostgres.in(data.postgres()).password(data.password()), postgres -> {});
  }

  private static EmbeddedPostgres start(
      EmbeddedPostgres.Settings settings, Consumer<EmbeddedPostgres> further)
      throws IOException, SQLException {
    EmbeddedPostgres postgres = settings.start();
    try {
      postgres.createDatabase(DATABASE);
      further.accept(postgres);
      return postgres;
    } catch (SQLException | RuntimeException | Error e) {
      postgres.close();
      throw e;
    }
  }

  static EmbeddedKafka startKafka(DataDirectory data, int port) throws IOException {
    return EmbeddedKafka.in(data.kafka())
        .port(port)
        // Whoever has killed the stack and starts it again does not want to wait for nine seconds.
        .sessionTimeout(Duration.ofSeconds(3))
        .start();
  }

  private static void choose(Map<Integer, String> chosen, int port, String option) {
    String other = chosen.putIfAbsent(port, option);
    if (other != null) {
      throw new StartFailure(
          "%s and %s are both %d: each needs a port of its own.".formatted(other, option, port));
    }
  }

  private static void requirePort(int port, String option) {
    try {
      FreePort.require(port);
    } catch (IOException e) {
      boolean forbidden = String.valueOf(e.getMessage()).contains("Permission denied");
      throw new StartFailure(
          (forbidden
                  ? "Port %d is not for this user (permission denied): choose one above 1023 with %s."
                  : "Port %d is in use: stop what listens there, or choose another with %s.")
              .formatted(port, option),
          e);
    }
  }
}
