package dev.punctual.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect. A new directory has no password yet, so its first start trusts loopback until
 * the password is set; every later one asks for it.
 */
final class PasswordAuthentication {
  private static final String SCRAM = "host all all 127.0.0.1/32 scram-sha-256\n";
  private static final String TRUST = "host all all 127.0.0.1/32 trust\n";

  private final Path clientRules;
  private final Path passwordIsSet;
  private final @Nullable String password;

  PasswordAuthentication(Path dataDirectory, @Nullable String password) {
    this.clientRules = dataDirectory.resolve("pg_hba.conf");
    this.passwordIsSet = dataDirectory.resolve("password-is-set");
    this.password = password;
  }

  /** The password that the server asks for already when it starts. */
  Optional<String> passwordInForce() {
    return Optional.ofNullable(password).filter(p -> Files.exists(passwordIsSet));
  }

  void writeClientRules() throws IOException {
    Files.writeString(clientRules, passwordInForce().isPresent() ? SCRAM : TRUST);
  }

  void enforce(DataSource server) throws IOException, SQLException {
    if (password == null || passwordInForce().isPresent()) {
      return;
    }
    try (var connection = server.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("ALTER ROLE postgres PASSWORD '" + password.replace("'", "''") + "'");
      Files.createFile(passwordIsSet);
      writeClientRules();
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}
