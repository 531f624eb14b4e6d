package dev.punctual.systemtests;

import dev.punctual.systemtests.Fault.Scene;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What happens to Kafka and PostgreSQL, and to those who share the database. */
final class ServerFaults {

  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private ServerFaults() {}

  static List<Fault> all() {
    return List.of(
        new NamedFault(
            "stop-broker",
            "the broker is stopped for a while; REST goes on",
            ServerFaults::stopBroker),
        new NamedFault("kill-broker", "kill -9 of the broker", ServerFaults::killBroker),
        new NamedFault("kill-postgres", "kill -9 of PostgreSQL", ServerFaults::killPostgres),
        new NamedFault(
            "late-commit",
            "a transaction with a low outbox id holds its lock for a while and commits late",
            ServerFaults::lateCommit),
        new NamedFault(
            "long-reader",
            "a reader stays in its transaction under load",
            ServerFaults::longReader));
  }

  private static void stopBroker(Scene scene) {
    var broker = scene.installation().kafka();
    broker.process().stop();
    long before = scene.load().writes();
    long failed = scene.load().failures();
    Waiting.pause(scene.extent().seconds(4, 60));
    scene
        .report()
        .line(
            "without Kafka: %d writes answered, %d not"
                .formatted(scene.load().writes() - before, scene.load().failures() - failed));
    if (scene.load().writes() == before) {
      throw new AssertionError("REST does not answer while Kafka is away");
    }
    broker.start();
  }

  private static void killBroker(Scene scene) {
    var broker = scene.installation().kafka();
    broker.process().kill();
    Waiting.pause(scene.extent().seconds(1, 5));
    broker.start();
  }

  private static void killPostgres(Scene scene) {
    int times = scene.extent().times(1, 5);
    for (int i = 0; i < times; i++) {
      scene.installation().postgres().kill();
      Waiting.pause(scene.extent().seconds(1, 5));
      scene.installation().postgres().start();
      long before = scene.load().writes();
      long start = System.nanoTime();
      Waiting.until("REST writes again", RECOVERY, () -> scene.load().writes() > before + 20);
      scene
          .report()
          .line(
              "REST wrote again %d ms after PostgreSQL was back"
                  .formatted(Duration.ofNanos(System.nanoTime() - start).toMillis()));
    }
  }

  private static void lateCommit(Scene scene) {
    var holder = scene.installation().postgres();
    try (var connection = holder.connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // The id is taken now, and becomes visible when thousands of higher ones are published.
      statement.execute(
          """
          INSERT INTO outbox (topic, key, event_id, type, payload, headers)
          VALUES ('task-events', 'late', gen_random_uuid()::text, 'user.deleted', '{"user_id": "late"}', '{}')
          """);
      Waiting.pause(scene.extent().seconds(3, 10));
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    Waiting.until(
        "the late event is on the log",
        RECOVERY,
        () ->
            Log.read(scene.installation().kafka().bootstrapServers(), "task-events").stream()
                .anyMatch(record -> "late".equals(record.key())));
  }

  /** As the active relay's metrics tell: over the last minutes. */
  private static String searches(Installation installation) {
    var metrics = installation.activeRelay().metrics();
    return metrics
        .lines()
        .filter(line -> line.startsWith("punctual_relay_search_seconds"))
        .map(line -> line.replaceAll("punctual_relay_search_seconds|application=\"[^\"]*\",?", ""))
        .collect(Collectors.joining(", "));
  }

  private static void longReader(Scene scene) {
    try (var connection = scene.installation().postgres().connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("SELECT count(*) FROM tasks");
      for (int part = 1; part <= 5; part++) {
        Waiting.pause(scene.extent().seconds(3, 600).dividedBy(5));
        scene.report().line("the relay's searches: " + searches(scene.installation()));
      }
      connection.rollback();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
