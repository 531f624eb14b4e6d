package dev.punctual.recurrenceworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.event.EventJson;
import dev.punctual.testing.Records;
import dev.punctual.testing.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecurrenceWorkerIT {

  private static final String DAILY = "{\"frequency\": \"daily\"}";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Workers workers = new Workers(Stack.newDatabase());
  private final String alice = workers.given.user("UTC");

  @AfterEach
  void stop() {
    workers.close();
  }

  @Test
  void a_template_that_is_due_becomes_one_task_and_one_event_with_two_workers() {
    workers.start(2);
    Instant due = workers.now().plusSeconds(2);
    String template = workers.given.template(alice, DAILY, due, Map.of());

    try (var records = Records.of(workers.topicPrefix + "task-events")) {
      var record = records.awaitOne(Records.ofType("task.created"));
      var task = EventJson.MAPPER.readTree(record.value()).path("task");
      assertThat(task.path("recurring_task_id").asString()).isEqualTo(template);
      assertThat(task.path("due_date").asString()).isEqualTo(due.toString());
      assertThat(records.readToEnd()).filteredOn(Records.ofType("task.created")).hasSize(1);
    }
    assertThat(workers.count("FROM tasks WHERE recurring_task_id = ?", template)).isEqualTo(1);
  }

  @Test
  void a_completed_task_is_followed_at_once() {
    workers.start(1);
    String task = workers.given.task(alice, DAILY, workers.now(), Map.of());

    workers.given.completed(task, workers.now());

    await().atMost(SOON).until(() -> workers.count("FROM tasks WHERE series_id = ?", task) == 2);
    assertThat(workers.count("FROM timers WHERE kind = 'successor'")).isZero();
  }

  @Test
  void a_worker_that_starts_brings_next_due_at_to_the_rules_of_its_zones() {
    workers.start(1); // the first one knows of the rules, and so do those that start after it
    Instant nineInBerlin = Instant.parse("2099-12-01T08:00:00Z");
    String template =
        workers.given.template(
            workers.given.user("Europe/Berlin"),
            DAILY,
            nineInBerlin.plusSeconds(3600),
            Map.of("start_at", "2026-10-01T09:00:00"));
    await().atMost(SOON).until(() -> workers.count("FROM zone_rules") == 1);

    workers.start(1);

    await()
        .atMost(SOON)
        .until(
            () ->
                workers.count(
                        "FROM recurring_tasks WHERE id = ? AND next_due_at = ?::timestamptz",
                        template,
                        nineInBerlin.toString())
                    == 1);
    assertThat(
            workers.count(
                "FROM timers WHERE id = ? AND fire_at = ?::timestamptz",
                template,
                nineInBerlin.toString()))
        .isEqualTo(1);
  }

  @Test
  void hundreds_that_are_overdue_are_made_up_once_by_two_workers() {
    Instant yesterday = workers.now().minus(Duration.ofHours(26));
    for (int i = 0; i < 300; i++) {
      workers.given.template(alice, DAILY, yesterday, Map.of());
    }

    workers.start(2);

    await().atMost(SOON).until(() -> workers.count("FROM tasks") >= 300);
    await().atMost(SOON).until(() -> workers.count("FROM timers WHERE fire_at < now()") == 0);
    assertThat(workers.count("FROM tasks")).isEqualTo(300);
    assertThat(workers.count("FROM occurrences WHERE state = 'missed'")).isEqualTo(300);
  }

  @Test
  void a_template_that_cannot_be_spawned_is_parked_and_harms_no_other() {
    Instant due = workers.now().minusSeconds(10);
    for (int i = 0; i < 50; i++) {
      workers.given.template(alice, DAILY, due, Map.of());
    }
    String bad =
        workers.given.template(alice, "{\"frequency\": \"daily\", \"interval\": 0}", due, Map.of());

    workers.start(1);

    await().atMost(SOON).until(() -> workers.count("FROM timers_parked") == 1);
    await().atMost(SOON).until(() -> workers.count("FROM tasks") == 50);
    assertThat(
            workers
                .jdbc
                .sql("SELECT id || ' ' || reason FROM timers_parked")
                .query(String.class)
                .single())
        .startsWith(bad)
        .contains("interval");
  }
}
