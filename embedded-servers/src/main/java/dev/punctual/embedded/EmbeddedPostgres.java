package dev.punctual.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server as a child process, on loopback, with the durability of production: what it
 * has acknowledged survives a crash. Its data directory can be started again later, also after this
 * process was killed and left the server running. The user is {@code postgres}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** The superuser, owner of everything. */
  public static final String USER = "postgres";

  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private final @Nullable String password;

  private EmbeddedPostgres(
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, @Nullable String password) {
    this.server = server;
    this.password = password;
  }

  /** A server on this data directory, which is initialised when it is new or empty. */
  public static Settings in(Path dataDirectory) {
    return new Settings(dataDirectory);
  }

  /**
   * Stops the server that a killed process has left running on the directory, if there is one. Only
   * for the directory's owner: call it when no other process can be using the directory.
   */
  public static void stopOrphan(Path dataDirectory) throws IOException {
    if (Files.exists(dataDirectory)) {
      OrphanedPostgres.stopIn(dataDirectory.toRealPath());
    }
  }

  /** The port of the server that runs on the directory now, in whichever process. */
  public static int portInUse(Path dataDirectory) throws IOException {
    return Integer.parseInt(
        Files.readAllLines(dataDirectory.resolve("postmaster.pid")).get(3).strip());
  }

  public int port() {
    return server.getPort();
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /** Unpooled connections to a database. */
  public DataSource dataSource(String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(jdbcUrl(database));
    dataSource.setUser(USER);
    dataSource.setPassword(password);
    return dataSource;
  }

  /** Creates the database unless it is there. */
  public void createDatabase(String name) throws SQLException {
    try (var connection = dataSource("postgres").getConnection();
        var query =
            connection.prepareStatement(
                "SELECT format('CREATE DATABASE %I', ?) WHERE NOT EXISTS"
                    + " (SELECT FROM pg_database WHERE datname = ?)")) {
      query.setString(1, name);
      query.setString(2, name);
      try (var missing = query.executeQuery();
          var create = connection.createStatement()) {
        while (missing.next()) {
          create.execute(missing.getString(1));
        }
      }
    }
  }

  /** Stops the server; open transactions are rolled back. */
  @Override
  public void close() throws IOException {
    server.close();
  }

  /** What a server is started with. */
  public static final class Settings {
    private final Path dataDirectory;
    private int port;
    private @Nullable String password;
    private boolean durable = true;
    private Duration patience = Duration.ofMinutes(1);

    private Settings(Path dataDirectory) {
      this.dataDirectory = dataDirectory;
    }

    /** The loopback port; a free one unless set. */
    public Settings port(int port) {
      this.port = port;
      return this;
    }

    /** Asks every connection for this password; without one, whoever reaches the port gets in. */
    public Settings password(String password) {
      this.password = password;
      return this;
    }

    /** Trades durability for speed: for tests that never crash the server. */
    public Settings withoutDurability() {
      this.durable = false;
      return this;
    }

    /** How long the server may take to accept connections; a minute unless set. */
    Settings patience(Duration patience) {
      this.patience = patience;
      return this;
    }

    /**
     * Starts the server and returns when it accepts connections. A start that fails leaves no
     * server running; one that is killed leaves a directory that the next start can use.
     *
     * @throws IOException if the directory belongs to a running server, or the server does not come
     *     up; its log is {@code postgres.log} beside the data directory
     */
    public EmbeddedPostgres start() throws IOException {
      Files.createDirectories(dataDirectory);
      Path directory = dataDirectory.toRealPath();
      Binaries.prepareDirectory();
      PasswordAuthentication authentication = new PasswordAuthentication(directory, password);
      AtomicBoolean isOurs = new AtomicBoolean();
      try {
        NewDirectory.initialise(directory, unfinished -> builder(unfinished, logFile(directory)));
        var builder =
            builder(directory, logFile(directory))
                // Called when the directory is locked: no living process of ours owns its server.
                .setDataDirectoryCustomizer(
                    ready -> {
                      prepare(directory, authentication);
                      isOurs.set(true);
                    });
        authentication.passwordInForce().ifPresent(p -> builder.setConnectConfig("password", p));
        return new EmbeddedPostgres(enforced(builder.start(), authentication), password);
      } catch (IllegalStateException | SQLException | IOException e) {
        if (isOurs.get()) {
          OrphanedPostgres.stopIn(directory);
        }
        throw new IOException(
            "PostgreSQL did not start on %s: %s; its log is %s"
                .formatted(directory, reason(e), logFile(directory)),
            e);
      }
    }

    private io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder(
        Path directory, Path logFile) {
      var log = ProcessBuilder.Redirect.appendTo(logFile.toFile());
      String durability = durable ? "on" : "off";
      return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
          .setDataDirectory(directory)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPort(port == 0 ? FreePort.find() : port)
          .setPGStartupWait(patience)
          .setOutputRedirector(log)
          .setErrorRedirector(log)
          .setLocaleConfig("locale", "C.UTF-8")
          // The library passes -F (no fsync) and synchronous_commit=off; later options win.
          .setServerConfig("fsync", durability)
          .setServerConfig("synchronous_commit", durability)
          .setServerConfig("full_page_writes", durability)
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setServerConfig("unix_socket_directories", "");
    }

    private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres enforced(
        io.zonky.test.db.postgres.embedded.EmbeddedPostgres server,
        PasswordAuthentication authentication)
        throws IOException, SQLException {
      try {
        authentication.enforce(server.getPostgresDatabase());
        return server;
      } catch (SQLException | IOException | RuntimeException e) {
        server.close();
        throw e;
      }
    }

    /** The library says that it gave up; below that stands what it met. */
    private static String reason(Exception e) {
      var cause = e.getCause();
      return cause == null
          ? String.valueOf(e.getMessage())
          : e.getMessage() + ", " + cause.getMessage();
    }

    private static Path logFile(Path directory) {
      return directory.resolveSibling(directory.getFileName() + ".log");
    }

    private static void prepare(Path directory, PasswordAuthentication authentication) {
      try {
        OrphanedPostgres.stopIn(directory);
        authentication.writeClientRules();
      } catch (IOException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
  }
}
