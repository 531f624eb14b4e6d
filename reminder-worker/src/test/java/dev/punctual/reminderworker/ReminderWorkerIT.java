package dev.punctual.reminderworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.event.EventJson;
import dev.punctual.event.ReminderDue;
import dev.punctual.testing.Records;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReminderWorkerIT {

  private final Reminders reminders = new Reminders();

  @AfterEach
  void stop() {
    reminders.close();
  }

  @Test
  void a_reminder_fires_at_its_instant_and_is_on_kafka_once() {
    reminders.startWorker();
    var instant = reminders.now().plusSeconds(2);
    reminders.create("milk", instant);

    try (var records = Records.of(reminders.topicPrefix + "notifications")) {
      var record = records.awaitOne(Records.ofType("reminder.due"));
      assertThat(record.key()).isEqualTo("milk");
      var due = EventJson.MAPPER.readValue(record.value(), ReminderDue.class);
      assertThat(due.remindAt()).isEqualTo(instant);
      assertThat(due.firedAt()).isBetween(instant, instant.plusMillis(300));
      assertThat(due.lateByMs()).isBetween(0L, 300L);
      assertThat(records.readToEnd()).hasSize(1);
    }
    assertThat(reminders.pending()).isZero();
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
}
