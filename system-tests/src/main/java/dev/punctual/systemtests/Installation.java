package dev.punctual.systemtests;

import dev.punctual.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL, Kafka and any number of services, each a process of its own, on ports and directories
 * of their own.
 */
final class Installation implements AutoCloseable {

  static final String TASK_SERVICE = "task-service";
  static final String RECURRENCE_WORKER = "recurrence-worker";
  static final String REMINDER_WORKER = "reminder-worker";

  private final Path directory;
  private final ExtractedJars jars;
  private final PostgresProcess postgres;
  private final KafkaProcess kafka;
  private final List<ServiceProcess> services = new ArrayList<>();
  private boolean closed;
  private volatile boolean kept;

  private Installation(Path directory) {
    this.directory = directory;
    this.jars = new ExtractedJars(directory.resolve("jars"));
    this.postgres = new PostgresProcess(directory);
    this.kafka = new KafkaProcess(directory);
  }

  /** Starts the servers and so many of each service, and returns when all are ready. */
  static Installation start(int ofEach) {
    var installation = new Installation(newDirectory());
    Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
    try {
      installation.postgres.start();
      installation.kafka.start();
      for (int i = 1; i <= ofEach; i++) {
        for (var service : List.of(TASK_SERVICE, RECURRENCE_WORKER, REMINDER_WORKER)) {
          installation.add(service, service + "-" + i);
        }
      }
      installation.services.forEach(service -> service.process().start());
      installation.services.forEach(ServiceProcess::awaitReady);
      return installation;
    } catch (RuntimeException | Error e) {
      installation.keep(true);
      installation.close();
      throw e;
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("punctual-installation");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the logs and the data are to stay when it is closed. */
  void keep(boolean kept) {
    this.kept = kept;
  }

  private void add(String service, String name) {
    services.add(ServiceProcess.ofJar(jars.of(service), name, directory, settings()));
  }

  /** A service, not started and not counted among the services, which runs another main class. */
  ServiceProcess serviceWithMain(List<String> mainWithOptions, String name) {
    return ServiceProcess.ofMain(mainWithOptions, name, directory, settings());
  }

  private Map<String, String> settings() {
    return Map.of(
        "spring.datasource.url",
        postgres.url(),
        "spring.datasource.username",
        EmbeddedPostgres.USER,
        "spring.datasource.password",
        "",
        "spring.kafka.bootstrap-servers",
        kafka.bootstrapServers(),
        "punctual.security.mode",
        "local",
        "punctual.security.local.key-file",
        directory.resolve("token-key.json").toString());
  }

  PostgresProcess postgres() {
    return postgres;
  }

  KafkaProcess kafka() {
    return kafka;
  }

  JdbcClient jdbc() {
    return postgres.jdbc();
  }

  /** Where the logs are. */
  Path directory() {
    return directory;
  }

  List<ServiceProcess> services() {
    return List.copyOf(services);
  }

  List<ServiceProcess> services(String service) {
    return services.stream().filter(s -> s.process().name().startsWith(service)).toList();
  }

  /** Where a task-service answers now, waiting for one to. */
  URI readyTaskService() {
    var found = new ArrayList<URI>();
    Waiting.until(
        "a task-service is ready",
        Duration.ofSeconds(60),
        () -> {
          services(TASK_SERVICE).stream()
              .filter(ServiceProcess::isReady)
              .findFirst()
              .ifPresent(service -> found.add(service.url()));
          return !found.isEmpty();
        });
    return found.get(0);
  }

  /** The process whose relay holds the lock, waiting for one to. */
  ServiceProcess activeRelay() {
    var found = new ArrayList<ServiceProcess>();
    Waiting.until(
        "a relay is active",
        Duration.ofSeconds(30),
        () -> {
          relayPid()
              .flatMap(
                  pid ->
                      services.stream()
                          .filter(s -> s.process().isAlive() && s.process().pid() == pid)
                          .findFirst())
              .ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.get(0);
  }

  private Optional<Long> relayPid() {
    return jdbc()
        .sql(
            """
            SELECT split_part(a.application_name, ' ', 2)::bigint
            FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.granted AND a.application_name LIKE 'punctual-relay %'
            """)
        .query(Long.class)
        .optional();
  }

  /**
   * Ends all processes, and deletes their logs and data unless they are to be kept; may be called
   * again, as at the end of an interrupted run.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    services.forEach(service -> service.process().end());
    kafka.process().end();
    postgres.end();
    if (!kept) {
      discard();
    }
  }

  private void discard() {
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
