package dev.punctual.reminderworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.event.EventJson;
import dev.punctual.event.ReminderDue;
import dev.punctual.event.Task.Reminder;
import dev.punctual.testing.Records;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeveralRemindersIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Reminders reminders = new Reminders();

  @AfterEach
  void stop() {
    reminders.close();
  }

  @Test
  void three_reminders_of_a_task_fire_each_once_at_its_instant() {
    reminders.startWorker();
    var first = reminders.now().plusSeconds(2);
    var times = List.of(first, first.plusMillis(300), first.plusSeconds(2));
    var due = times.get(2).plusSeconds(60);
    reminders.create(
        "milk",
        due,
        List.of(
            Reminder.before(Duration.ofSeconds(60)),
            Reminder.at(times.get(1)),
            Reminder.at(first),
            // Falls together with the first: they are one.
            Reminder.before(Duration.between(first, due))));

    try (var records = Records.of(reminders.topicPrefix + "notifications")) {
      await().atMost(SOON).until(() -> reminders.notifications() == 3);
      await()
          .atMost(SOON)
          .until(
              () ->
                  records.readToEnd().stream().filter(Records.ofType("reminder.due")).count() == 3);
      assertThat(records.readToEnd())
          .extracting(
              record -> EventJson.MAPPER.readValue(record.value(), ReminderDue.class).remindAt())
          .containsExactlyElementsOf(times);
    }
    assertThat(reminders.pending()).isZero();
    assertThat(early()).isZero();
  }

  @Test
  void those_that_came_due_while_no_worker_ran_all_fire_at_start() {
    var past = reminders.now().minusSeconds(600);
    var future = reminders.now().plusSeconds(3600);
    reminders.create(
        "milk",
        null,
        List.of(Reminder.at(past), Reminder.at(past.plusSeconds(60)), Reminder.at(future)));

    reminders.startWorker();

    await().atMost(SOON).until(() -> reminders.notifications() == 2);
    assertThat(reminders.timerOf("milk")).contains(future);
  }

  @Test
  void
      one_that_was_moved_between_two_fires_where_it_is_now_and_the_one_that_fired_does_not_again() {
    reminders.startWorker();
    var first = reminders.now().plusSeconds(1);
    var far = first.plusSeconds(3600);
    reminders.create("milk", null, List.of(Reminder.at(first), Reminder.at(far)));
    await().atMost(SOON).until(() -> reminders.notifications() == 1);
    assertThat(reminders.timerOf("milk")).contains(far);

    var near = reminders.now().plusSeconds(1);
    reminders.edit("milk", null, List.of(Reminder.at(first), Reminder.at(near)), near);

    await().atMost(SOON).until(() -> reminders.notifications() == 2);
    assertThat(fired()).containsExactly(first, near);
    assertThat(reminders.pending()).isZero();
  }

  @Test
  void a_due_date_that_is_moved_takes_along_those_that_count_from_it() {
    reminders.startWorker();
    var due = reminders.now().plusSeconds(3600);
    var relative =
        List.of(Reminder.before(Duration.ofSeconds(2)), Reminder.before(Duration.ofSeconds(1)));
    reminders.create("milk", due, relative);

    var moved = reminders.now().plusSeconds(4);
    reminders.edit("milk", moved, relative, moved.minusSeconds(2));

    await().atMost(SOON).until(() -> reminders.notifications() == 2);
    assertThat(fired()).containsExactly(moved.minusSeconds(2), moved.minusSeconds(1));
    assertThat(early()).isZero();
  }

  private List<Instant> fired() {
    return reminders
        .jdbc
        .sql("SELECT remind_at FROM notifications ORDER BY fired_at")
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list();
  }

  private long early() {
    return reminders
        .jdbc
        .sql("SELECT count(*) FROM notifications WHERE fired_at < remind_at")
        .query(Long.class)
        .single();
  }
}
