package dev.punctual.systemtests;

import dev.punctual.systemtests.Fault.Scene;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What happens to Kafka and PostgreSQL, and to those who share the database. */
final class ServerFaults {

  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration WITHOUT_KAFKA = Duration.ofSeconds(1);
  private static final Duration A_PASS = Duration.ofMillis(10);
  private static final Duration ON_TIME = Duration.ofSeconds(2);

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
                ServerFaults::lateCommit)
            .promising(ON_TIME),
        new NamedFault(
                "long-reader",
                "a reader stays in its transaction under load",
                ServerFaults::longReader)
            .promising(ON_TIME));
  }

  private static void stopBroker(Scene scene) {
    var broker = scene.installation().kafka();
    var tasks = new DueTasks(scene.installation());
    var inTheWindow =
        tasks.write(
            scene.extent().times(50, 1_000), Instant.now().plus(scene.extent().seconds(6, 15)));
    awaitAnnounced(scene);
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
    var late = tasks.awaitFired(inTheWindow, RECOVERY);
    scene
        .expectations()
        .within(WITHOUT_KAFKA, late, inTheWindow.size() + " reminders of the window without Kafka");
    broker.start();
  }

  /** The workers have heard of every timer that is set, if what was written is on Kafka. */
  private static void awaitAnnounced(Scene scene) {
    long last =
        scene
            .installation()
            .jdbc()
            .sql("SELECT coalesce(max(id), 0) FROM outbox")
            .query(Long.class)
            .single();
    Waiting.until(
        "what was written is on Kafka",
        RECOVERY,
        () ->
            scene
                    .installation()
                    .jdbc()
                    .sql("SELECT count(*) FROM outbox WHERE id <= :last")
                    .param("last", last)
                    .query(Long.class)
                    .single()
                == 0);
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
    var tasks = new DueTasks(scene.installation());
    var task = tasks.write(1, Instant.now().plus(RECOVERY)).get(0);
    // Its outbox id is taken at once, and becomes visible when thousands of higher ones are
    // published; and whoever edits the task meanwhile waits for its lock, and comes after it.
    var edit =
        CompletableFuture.runAsync(
            () -> {
              Waiting.pause(Duration.ofSeconds(1));
              editAfter(scene, task.id());
            });
    tasks.changeAndCommitAfter(scene.extent().seconds(3, 10), task);
    edit.join();
    Waiting.until(
        "the late event and the one after it are on the log",
        RECOVERY,
        () ->
            Told.on("task-events", scene.installation()).stream()
                    .filter(event -> event.key().equals(task.id()) && event.version() > 1)
                    .count()
                >= 2);
  }

  /** Until it is done: the service does not wait for a lock for ever, and then answers so. */
  private static void editAfter(Scene scene, String taskId) {
    var service = scene.installation().services(Installation.TASK_SERVICE).get(0).url();
    var user = Api.as(DueTasks.USER, service);
    Waiting.until(
        "the task can be deleted",
        RECOVERY,
        () -> {
          try {
            return user.send("DELETE", service, "/api/tasks/" + taskId, null, Map.of())
                .isAcknowledged();
          } catch (IOException e) {
            return false;
          }
        });
  }

  private static void longReader(Scene scene) {
    try (var connection = scene.installation().postgres().connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("SELECT count(*) FROM tasks");
      for (int part = 1; part <= 5; part++) {
        Waiting.pause(scene.extent().seconds(3, 600).dividedBy(5));
        scene
            .expectations()
            .within(A_PASS, medianSearch(scene.installation()), "the relay's median search");
      }
      connection.rollback();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** As the active relay's metrics tell: over the last minutes. */
  private static Duration medianSearch(Installation installation) {
    return installation
        .activeRelay()
        .metrics()
        .lines()
        .filter(line -> line.startsWith("punctual_relay_search_seconds{"))
        .filter(line -> line.contains("quantile=\"0.5\""))
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .map(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The relay's metrics hold no median search"));
  }
}
