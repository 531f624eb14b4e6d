package dev.punctual.systemtests;

import dev.punctual.event.Topic;
import dev.punctual.event.Topics;
import dev.punctual.systemtests.Fault.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** What is lost or refused in Kafka while the services run. */
final class LostThings {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration IN_FLIGHT = Duration.ofSeconds(5);
  private static final String SMALL = "4000";
  private static final int DESCRIPTION = 2_000;

  private LostThings() {}

  static List<Fault> all() {
    return List.of(
        new NamedFault(
            "lose-progress",
            "the topic of the relay's progress is deleted: repetitions are allowed, and announced",
            LostThings::loseProgress),
        new NamedFault(
            "lose-topic",
            "the topic of the timers is deleted: the relay says so, and goes on when it is there",
            LostThings::loseTopic),
        new NamedFault(
            "refuse-record",
            "Kafka refuses one record: it is parked, the others flow",
            LostThings::refuseRecord));
  }

  private static void loseProgress(Scene scene) {
    var from = Instant.now();
    long warnings = said(scene, "was lost and is created anew");
    delete(scene, Topics.PROGRESS);
    Waiting.until(
        "a warning says that events may be on the log twice",
        PATIENCE,
        () -> said(scene, "was lost and is created anew") > warnings);
    scene.expectations().repeats(from, Instant.now().plus(IN_FLIGHT));
    awaitPublished(scene);
  }

  private static void loseTopic(Scene scene) {
    long before = said(scene, "The outbox relay has stopped") + said(scene, "was interrupted");
    delete(scene, Topic.TIMERS.baseName());
    var tasks = new DueTasks(scene.installation());
    var due = tasks.write(50, Instant.now().plus(IN_FLIGHT));
    Waiting.until(
        "the relay says that it does not work",
        PATIENCE,
        () ->
            said(scene, "The outbox relay has stopped") + said(scene, "was interrupted") > before);
    awaitPublished(scene);
    var late = tasks.awaitFired(due, PATIENCE);
    scene
        .report()
        .line("50 reminders without their topic: at most %d ms late".formatted(late.toMillis()));
  }

  private static void refuseRecord(Scene scene) {
    setLargest(scene, SMALL);
    try {
      var service = scene.installation().readyTaskService();
      // Three bytes each, and by chance, so that compression does not make it small.
      var large =
          scene
              .random()
              .ints(DESCRIPTION, 0x4e00, 0x9fa5)
              .mapToObj(Character::toString)
              .collect(Collectors.joining());
      var task =
          Api.as("large@example.com", service)
              .send("POST", service, "/api/tasks", Map.of("title", "large", "description", large))
              .json()
              .path("id")
              .asString();
      scene.expectations().deadLetter(task);
      Waiting.until("the record is parked", PATIENCE, () -> parked(scene, task) == 1);
      awaitPublished(scene);
      setLargest(scene, "");
      // As the command that replays dead letters puts it back.
      scene
          .installation()
          .jdbc()
          .sql(
              """
              WITH parked AS (DELETE FROM outbox_parked WHERE key = :key RETURNING *)
              INSERT INTO outbox (topic, key, event_id, type, payload, headers)
              SELECT topic, key, event_id, type, payload, headers FROM parked
              WHERE pg_current_xact_id() IS NOT NULL
              """)
          .param("key", task)
          .update();
    } finally {
      setLargest(scene, "");
    }
  }

  private static long parked(Scene scene, String key) {
    return scene
        .installation()
        .jdbc()
        .sql("SELECT count(*) FROM outbox_parked WHERE key = :key")
        .param("key", key)
        .query(Long.class)
        .single();
  }

  private static void awaitPublished(Scene scene) {
    try (var tail = new Tail(scene.installation())) {
      var took = tail.awaitPublishedAfter(Instant.now());
      scene.report().line("published again after %d ms".formatted(took.toMillis()));
    }
  }

  private static long said(Scene scene, String words) {
    return scene.installation().services().stream()
        .mapToLong(
            service -> service.process().output().lines().filter(l -> l.contains(words)).count())
        .sum();
  }

  private static void delete(Scene scene, String topic) {
    try (var admin = admin(scene)) {
      await(admin.deleteTopics(List.of(topic)).all());
    }
  }

  /** Sets the largest batch that the broker takes on {@code task-events}; empty as it was. */
  private static void setLargest(Scene scene, String bytes) {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.TASK_EVENTS.baseName());
    var entry = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes);
    var operation = bytes.isEmpty() ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET;
    Map<ConfigResource, Collection<AlterConfigOp>> change =
        Map.of(topic, List.of(new AlterConfigOp(entry, operation)));
    try (var admin = admin(scene)) {
      await(admin.incrementalAlterConfigs(change).all());
    }
  }

  private static Admin admin(Scene scene) {
    return Admin.create(
        Map.of("bootstrap.servers", scene.installation().kafka().bootstrapServers()));
  }

  private static void await(KafkaFuture<Void> done) {
    try {
      done.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
