package dev.punctual.reminderworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.event.EventJson;
import dev.punctual.event.ReminderDue;
import dev.punctual.event.Task.Reminder;
import dev.punctual.testing.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient;

class ReminderWorkerIT {

  /** What is later than this was missed by the punctual lane, and found in the table. */
  private static final long OVERDUE = 1000;

  private final Reminders reminders = new Reminders();

  @AfterEach
  void stop() {
    reminders.close();
  }

  @Test
  void a_reminder_that_is_set_shortly_before_its_instant_fires_then_and_is_on_kafka_once() {
    reminders.startListeningWorker();
    var instant = reminders.now().plusSeconds(1);
    reminders.create("milk", instant);

    try (var records = Records.of(reminders.topicPrefix + "notifications")) {
      var record = records.awaitOne(Records.ofType("reminder.due").and(Records.withKey("milk")));
      assertThat(record.key()).isEqualTo("milk");
      var due = EventJson.MAPPER.readValue(record.value(), ReminderDue.class);
      assertThat(due.remindAt()).isEqualTo(instant);
      assertThat(due.firedAt()).isAfterOrEqualTo(instant);
      assertThat(due.lateByMs()).isEqualTo(Duration.between(instant, due.firedAt()).toMillis());
      assertThat(due.lateByMs()).as("unannounced it would be overdue").isLessThan(OVERDUE);
      assertThat(millisecond(due.notificationId())).isEqualTo(due.firedAt().toEpochMilli());
      assertThat(records.readToEnd()).filteredOn(Records.withKey("milk")).hasSize(1);
    }
    assertThat(reminders.pending()).isZero();
  }

  /** The inbox is sorted by the ids, so they must come from the database's clock. */
  private static long millisecond(String id) {
    return UUID.fromString(id).getMostSignificantBits() >>> 16;
  }

  @Test
  void a_reminder_that_is_moved_into_the_next_second_fires_then() {
    reminders.startListeningWorker();
    reminders.create("milk", reminders.now().plusSeconds(3600));
    var near = reminders.now().plusMillis(700);

    reminders.edit("milk", null, List.of(Reminder.at(near)), near);

    await().atMost(Duration.ofSeconds(15)).until(() -> reminders.notificationsOf("milk") == 1);
    assertThat(reminders.latest("milk")).isLessThan(OVERDUE);
  }

  @Test
  void what_came_due_while_no_worker_ran_fires_at_start_and_says_how_late() {
    var instant = reminders.now().minusSeconds(3600);
    reminders.create("milk", instant);
    reminders.startWorker();

    await().atMost(Duration.ofSeconds(15)).until(() -> reminders.notifications() == 1);
    var lateBy =
        reminders.jdbc.sql("SELECT late_by_ms FROM notifications").query(Long.class).single();
    assertThat(lateBy).isGreaterThanOrEqualTo(3_600_000L);
  }

  @Test
  void a_timer_set_in_the_past_while_the_worker_runs_fires_at_once() {
    reminders.startWorker();
    Instant old = reminders.now().minusSeconds(60);
    reminders.create("milk", old);

    await().atMost(Duration.ofSeconds(5)).until(() -> reminders.notifications() == 1);
  }

  @Test
  void an_operator_sees_the_next_timers_the_metrics_and_the_health() {
    var worker = reminders.startWorker();
    var old = reminders.now().minusSeconds(60);
    reminders.create("overdue", old);
    reminders.createMany("far", 12, reminders.now().plusSeconds(86_400), Duration.ofHours(1));
    await().atMost(Duration.ofSeconds(15)).until(() -> reminders.notifications() == 1);
    var port = worker.getEnvironment().getRequiredProperty("local.server.port");
    var http =
        RestTestClient.bindToServer().baseUrl("http://localhost:" + port + "/actuator").build();

    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> http.get().uri("/health/readiness").exchange().expectStatus().isOk());
    http.get().uri("/health/liveness").exchange().expectStatus().isOk();
    http.get()
        .uri("/timers")
        .exchange()
        .expectBody()
        .jsonPath("$.pending")
        .isEqualTo(12)
        .jsonPath("$.next.length()")
        .isEqualTo(10)
        .jsonPath("$.next[0].id")
        .isEqualTo("far0");
    // The slots are there when the group has settled, which may be after the first reminder fired.
    await()
        .untilAsserted(
            () ->
                assertThat(
                        http.get()
                            .uri("/prometheus")
                            .exchange()
                            .expectBody(String.class)
                            .returnResult()
                            .getResponseBody())
                    .contains("punctual_timers_claimed_total{kind=\"reminder\"} 1.0")
                    .contains("punctual_timers_lateness_seconds_bucket")
                    .contains("punctual_timers_slots 64.0"));
  }

  @Test
  void a_worker_that_does_not_reach_kafka_lives_and_is_not_ready() {
    var worker = reminders.startWorker(Map.of("spring.kafka.bootstrap-servers", "localhost:1"));
    var port = worker.getEnvironment().getRequiredProperty("local.server.port");
    var http =
        RestTestClient.bindToServer().baseUrl("http://localhost:" + port + "/actuator").build();

    http.get().uri("/health/readiness").exchange().expectStatus().isEqualTo(503);
    http.get().uri("/health/liveness").exchange().expectStatus().isOk();
  }
}
