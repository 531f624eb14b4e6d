package dev.punctual.localstack;

import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.schema.SchemaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The schema command of the services, on the database of a stack that runs or not. */
final class StackSchema {

  private StackSchema() {}

  /** Returns the command's exit status. */
  static int command(Options options, List<String> arguments) throws IOException {
    if (arguments.contains("--url") || arguments.contains("--help") || arguments.size() == 1) {
      return SchemaCommand.run(arguments.toArray(String[]::new));
    }
    if (!Files.exists(options.data().resolve("postgres"))) {
      throw new StartFailure(
          "There is no database in %s yet: start Punctual once with ./run."
              .formatted(options.data()));
    }
    if (DataDirectory.isTaken(options.data())) {
      return onRunningStack(options, arguments);
    }
    try (DataDirectory data = DataDirectory.take(options.data(), false)) {
      data.stopOrphan();
      try (EmbeddedPostgres postgres = Servers.startBarePostgres(data)) {
        return run(arguments, postgres.port(), data.password());
      } catch (SQLException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  private static int onRunningStack(Options options, List<String> arguments) throws IOException {
    int port = EmbeddedPostgres.portInUse(options.data().resolve("postgres"));
    return run(arguments, port, DataDirectory.password(options.data()));
  }

  private static int run(List<String> arguments, int port, String password) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(
        List.of(
            "--url",
            "jdbc:postgresql://127.0.0.1:" + port + "/" + Servers.DATABASE,
            "--user",
            EmbeddedPostgres.USER,
            "--password",
            password));
    return SchemaCommand.run(all.toArray(String[]::new));
  }
}
