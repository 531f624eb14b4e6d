package dev.punctual.localstack;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.embedded.FreePort;
import dev.punctual.schema.SchemaMigration;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

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
    requirePort(options.httpPort(), "--http-port");
    requirePort(options.postgresPort(), "--postgres-port");
    requirePort(options.kafkaPort(), "--kafka-port");
  }

  static EmbeddedPostgres startPostgres(DataDirectory data, int port, String password)
      throws IOException, SQLException {
    EmbeddedPostgres postgres = start(EmbeddedPostgres.in(data.postgres()).port(port), password);
    // While Kafka still starts; the service would do it, with the workers waiting for it.
    SchemaMigration.migrate(postgres.dataSource(DATABASE));
    return postgres;
  }

  /** The database alone, on a free port, with the schema as it stands. */
  static EmbeddedPostgres startBarePostgres(DataDirectory data) throws IOException, SQLException {
    return start(EmbeddedPostgres.in(data.postgres()), data.password());
  }

  private static EmbeddedPostgres start(EmbeddedPostgres.Settings settings, String password)
      throws IOException, SQLException {
    EmbeddedPostgres postgres = settings.password(password).start();
    postgres.createDatabase(DATABASE);
    return postgres;
  }

  static EmbeddedKafka startKafka(DataDirectory data, int port) throws IOException {
    return EmbeddedKafka.in(data.kafka())
        .port(port)
        // Whoever has killed the stack and starts it again does not want to wait for nine seconds.
        .sessionTimeout(Duration.ofSeconds(3))
        .start();
  }

  private static void requirePort(int port, String option) {
    if (!FreePort.isFree(port)) {
      throw new StartFailure(
          "Port %d is in use: stop what listens there, or choose another with %s."
              .formatted(port, option));
    }
  }
}
