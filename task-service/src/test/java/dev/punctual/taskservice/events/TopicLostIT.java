package dev.punctual.taskservice.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import dev.punctual.testing.Records;
import dev.punctual.testing.Stack;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** From the loss of a topic to a consumer that has the database's state again. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class TopicLostIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String prefix = Stack.newTopicPrefix();
  private final String topic = prefix + "task-events";
  private final RunningService service =
      RunningService.start(
          Map.of(
              "punctual.outbox.relay",
              "true",
              "punctual.topics.prefix",
              prefix,
              "spring.kafka.bootstrap-servers",
              Stack.kafkaBootstrap()));

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void after_republishing_a_lost_topic_holds_the_state_of_the_database(CapturedOutput output)
      throws Exception {
    var user = ApiUser.anybody(service);
    var changed = user.task(Map.of("title", "a")).path("id").asString();
    var deleted = user.task(Map.of("title", "b")).path("id").asString();
    user.task(Map.of("title", "c"));
    user.patch("/api/tasks/" + changed, Map.of("title", "A")).is(200);
    awaitPublished();
    var health = Answer.to(service.anonymous().get().uri("/actuator/health/publishing").exchange());
    assertThat(health.is(200).text()).contains("active");

    lose();
    user.delete("/api/tasks/" + deleted).is(204);
    user.task(Map.of("title", "d"));
    awaitPublished();
    assertThat(new CommandRun(service.database(), prefix).run("republish", "--topic=task-events"))
        .isZero();
    awaitPublished();

    assertThat(output).contains("Topic " + topic + " was lost");
    assertThat(onTopic()).isEqualTo(inDatabase());
  }

  private void lose() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", Stack.kafkaBootstrap()))) {
      admin.deleteTopics(List.of(topic)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(topic));
    }
  }

  private void awaitPublished() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                service.database().jdbc().sql("SELECT count(*) FROM outbox").query().singleValue(),
            Long.valueOf(0)::equals);
  }

  /** As a consumer has it that goes by version. */
  private Map<String, String> onTopic() {
    Map<String, String> tasks = new HashMap<>();
    try (var records = Records.of(topic)) {
      for (var record : records.readToEnd()) {
        var event = JSON.readTree(record.value());
        if ("task.deleted".equals(Records.header(record, "ce_type"))) {
          tasks.remove(record.key());
        } else {
          tasks.put(
              record.key(),
              event.path("version").asLong() + " " + event.at("/task/title").asString());
        }
      }
    }
    return tasks;
  }

  private Map<String, String> inDatabase() {
    Map<String, String> tasks = new HashMap<>();
    service
        .database()
        .jdbc()
        .sql("SELECT id, version || ' ' || title AS state FROM tasks")
        .query()
        .listOfRows()
        .forEach(row -> tasks.put((String) row.get("id"), (String) row.get("state")));
    return tasks;
  }
}
