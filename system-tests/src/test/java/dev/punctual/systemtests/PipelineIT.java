package dev.punctual.systemtests;

import static dev.punctual.systemtests.SharedInstallation.PUNCTUAL;
import static dev.punctual.testing.Records.ofType;
import static dev.punctual.testing.Records.withKey;
import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.SECONDS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.EventJson;
import dev.punctual.testing.Records;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The story of the README: written over REST, read by a plain Kafka consumer. */
class PipelineIT {

  private final URI service = PUNCTUAL.services(Installation.TASK_SERVICE).get(0).url();
  private final Api alice = Api.as("alice@example.com", service);

  @Test
  void a_task_is_told_when_it_is_written_and_its_reminder_when_it_is_due() {
    Instant remindAt = Instant.now().plusSeconds(3).truncatedTo(SECONDS);
    String task = create("/api/tasks", Map.of("title", "Call Bob", "remind_at", remindAt));

    try (Records records = records()) {
      var created = records.awaitOne(withKey(task).and(ofType("task.created")));
      assertThat(json(created).at("/task/title").asString()).isEqualTo("Call Bob");
      assertThat(json(created).at("/version").asLong()).isEqualTo(1);

      var reminder = records.awaitOne(withKey(task).and(ofType("reminder.due")));
      assertThat(Instant.ofEpochMilli(reminder.timestamp())).isAfterOrEqualTo(remindAt);
      // Later than a second is what the worker was not told of, and found in the table.
      assertThat(json(reminder).at("/late_by_ms").asLong(-1)).isBetween(0L, 999L);
      assertThat(traceParent(reminder)).startsWith("00-");
    }
    JsonNode inbox = alice.send("GET", service, "/api/notifications", null).json();
    assertThat(inbox.path("items").findValuesAsString("task_id")).contains(task);
  }

  @Test
  void a_template_that_is_due_brings_a_task_over_rest_and_its_event() {
    LocalDateTime start = LocalDateTime.now(UTC).plusSeconds(2).truncatedTo(SECONDS);
    String template =
        create(
            "/api/recurring-tasks",
            Map.of(
                "title",
                "Stand-up",
                "recurrence_rule",
                Map.of("frequency", "daily"),
                "start_at",
                start,
                "time_zone",
                "UTC"));

    try (Records records = records()) {
      var created =
          records.awaitOne(
              ofType("task.created")
                  .and(r -> json(r).at("/task/recurring_task_id").asString("").equals(template)));
      JsonNode instance = get("/api/tasks/" + created.key());
      assertThat(instance.path("title").asString()).isEqualTo("Stand-up");
      assertThat(instance.path("due_date").asString()).isEqualTo(start.toInstant(UTC).toString());
    }
    Instant next =
        Instant.parse(get("/api/recurring-tasks/" + template).path("next_due_at").asString());
    assertThat(next).isEqualTo(start.plusDays(1).toInstant(UTC));
  }

  @Test
  void completing_a_recurring_task_brings_the_next_one_with_everything_it_had() {
    Instant due = Instant.now().plus(Duration.ofHours(6)).truncatedTo(SECONDS);
    String task =
        create(
            "/api/tasks",
            Map.of(
                "title",
                "Water the plants",
                "description",
                "the ferns too",
                "priority",
                "high",
                "tags",
                List.of("home"),
                "due_date",
                due,
                "remind_at",
                due.minus(Duration.ofHours(1)),
                "recurrence_rule",
                Map.of("frequency", "weekly", "interval", 2)));

    alice.send("POST", service, "/api/tasks/" + task + "/complete", null);

    try (Records records = records()) {
      records.awaitOne(withKey(task).and(ofType("task.completed")));
      var created =
          records.awaitOne(
              ofType("task.created")
                  .and(r -> !task.equals(r.key()))
                  .and(r -> json(r).at("/task/series_id").asString("").equals(task)));
      JsonNode next = get("/api/tasks/" + created.key());
      Duration fortnight = Duration.ofDays(14);
      assertThat(next.path("due_date").asString()).isEqualTo(due.plus(fortnight).toString());
      assertThat(next.path("remind_at").asString())
          .isEqualTo(due.plus(fortnight).minus(Duration.ofHours(1)).toString());
      assertThat(next.path("description").asString()).isEqualTo("the ferns too");
      assertThat(next.path("priority").asString()).isEqualTo("high");
      assertThat(next.path("tags").toString()).contains("home");
      assertThat(next.path("is_complete").asBoolean()).isFalse();
    }
  }

  @Test
  void a_trace_goes_from_the_request_through_kafka_to_what_a_worker_writes() throws Exception {
    String task =
        create(
            "/api/tasks",
            Map.of(
                "title",
                "Water the cactus",
                "due_date",
                Instant.now().truncatedTo(SECONDS),
                "recurrence_rule",
                Map.of("frequency", "monthly")));
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    String request = "00-" + trace + "-00f067aa0ba902b7-01";

    alice.send(
        "POST", service, "/api/tasks/" + task + "/complete", null, Map.of("traceparent", request));

    try (Records records = records()) {
      var completed = records.awaitOne(withKey(task).and(ofType("task.completed")));
      var successor =
          records.awaitOne(
              ofType("task.created")
                  .and(r -> !task.equals(r.key()))
                  .and(r -> json(r).at("/task/series_id").asString("").equals(task)));
      // Each was written in a span of its own: the request's, and that of the worker's transaction.
      assertThat(List.of(request, traceParent(completed), traceParent(successor)))
          .doesNotHaveDuplicates()
          .allMatch(traceParent -> traceParent.startsWith("00-" + trace + "-"));
      var created = records.awaitOne(withKey(task).and(ofType("task.created")));
      assertThat(traceParent(created)).startsWith("00-").doesNotContain(trace);
    }
  }

  private static String traceParent(ConsumerRecord<String, String> record) {
    return requireNonNull(Records.header(record, "traceparent"), "traceparent");
  }

  private static Records records() {
    return Records.at(PUNCTUAL.kafka().bootstrapServers(), "task-events", "notifications");
  }

  private String create(String path, Map<String, ?> fields) {
    return alice.send("POST", service, path, fields).json().path("id").asString();
  }

  private JsonNode get(String path) {
    return alice.send("GET", service, path, null).json();
  }

  private static JsonNode json(ConsumerRecord<String, String> record) {
    return EventJson.MAPPER.readTree(record.value());
  }
}
