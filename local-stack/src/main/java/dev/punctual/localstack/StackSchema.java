package dev.punctual.localstack;

import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.schema.SchemaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The schema command of the services, on the database of a stack that runs or not. */
final class StackSchema {

  private static final Set<String> COORDINATES = Set.of("--url", "--user", "--password");

  private StackSchema() {}

  /** Returns the command's exit status. */
  static int command(Options options, List<String> arguments) throws IOException {
    if (arguments.contains("--help") || arguments.size() == 1) {
      return SchemaCommand.run(arguments.toArray(String[]::new));
    }
    refuseOtherDatabases(arguments);
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

  /** Whoever names another database must not have the command act on the stack's. */
  private static void refuseOtherDatabases(List<String> arguments) {
    arguments.stream()
        .filter(argument -> argument.startsWith("--"))
        .map(argument -> argument.split("=", 2)[0])
        .filter(option -> COORDINATES.contains(option) || option.contains("."))
        .findFirst()
        .ifPresent(
            option -> {
              throw new StartFailure(
                  "./run schema works on the stack's own database and takes no %s. For another one: java -jar task-service/target/app/task-service.jar schema …"
                      .formatted(option));
            });
  }

  private static int onRunningStack(Options options, List<String> arguments) throws IOException {
    int port;
    String password;
    try {
      port = EmbeddedPostgres.portInUse(options.data().resolve("postgres"));
      password = DataDirectory.password(options.data());
    } catch (NoSuchFileException | IndexOutOfBoundsException e) {
      throw new StartFailure(
          "Punctual is starting or stopping on %s: try again in a moment."
              .formatted(options.data()));
    }
    return run(arguments, port, password);
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
