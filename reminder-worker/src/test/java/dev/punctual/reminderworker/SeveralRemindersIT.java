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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SeveralRemindersIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** One worker for all: each test has a task of its own. */
  private static final Reminders REMINDERS = new Reminders();

  private static final Instant PAST = REMINDERS.now().minusSeconds(600);

  @BeforeAll
  static void start() {
    REMINDERS.create(
        "owed",
        null,
        List.of(
            Reminder.at(PAST),
            Reminder.at(PAST.plusSeconds(60)),
            Reminder.at(PAST.plusSeconds(86_400))));
    REMINDERS.startWorker();
  }

  @AfterAll
  static void stop() {
    REMINDERS.close();
  }

  @Test
  void three_reminders_of_a_task_fire_each_once_at_its_instant() {
    var first = REMINDERS.now().plusSeconds(1);
    var times = List.of(first, first.plusMillis(300), first.plusSeconds(1));
    var due = times.get(2).plusSeconds(60);
    REMINDERS.create(
        "three",
        due,
        List.of(
            Reminder.before(Duration.ofSeconds(60)),
            Reminder.at(times.get(1)),
            Reminder.at(first),
            // Falls together with the first: they are one.
            Reminder.before(Duration.between(first, due))));

    awaitFired("three", 3);
    assertThat(fired("three")).containsExactlyElementsOf(times);
    try (var records = Records.of(REMINDERS.topicPrefix + "notifications")) {
      var ofTask = Records.ofType("reminder.due").and(Records.withKey("three"));
      await().atMost(SOON).until(() -> records.readToEnd().stream().filter(ofTask).count() == 3);
      assertThat(records.readToEnd())
          .filteredOn(ofTask)
          .extracting(
              record -> EventJson.MAPPER.readValue(record.value(), ReminderDue.class).remindAt())
          .containsExactlyElementsOf(times);
    }
    assertThat(REMINDERS.timerOf("three")).isEmpty();
  }

  @Test
  void those_that_came_due_while_no_worker_ran_all_fire_at_start() {
    awaitFired("owed", 2);
    assertThat(REMINDERS.timerOf("owed")).contains(PAST.plusSeconds(86_400));
  }

  @Test
  void
      one_that_was_moved_between_two_fires_where_it_is_now_and_the_one_that_fired_does_not_again() {
    var first = REMINDERS.now().plusMillis(500);
    var far = first.plusSeconds(3600);
    REMINDERS.create("moved", null, List.of(Reminder.at(first), Reminder.at(far)));
    awaitFired("moved", 1);
    assertThat(REMINDERS.timerOf("moved")).contains(far);

    var near = REMINDERS.now().plusMillis(500);
    REMINDERS.edit("moved", null, List.of(Reminder.at(first), Reminder.at(near)), near);

    awaitFired("moved", 2);
    assertThat(fired("moved")).containsExactly(first, near);
    assertThat(REMINDERS.timerOf("moved")).isEmpty();
  }

  @Test
  void a_due_date_that_is_moved_takes_along_those_that_count_from_it() {
    var due = REMINDERS.now().plusSeconds(3600);
    var relative =
        List.of(Reminder.before(Duration.ofSeconds(2)), Reminder.before(Duration.ofSeconds(1)));
    REMINDERS.create("along", due, relative);

    var moved = REMINDERS.now().plusSeconds(3);
    REMINDERS.edit("along", moved, relative, moved.minusSeconds(2));

    awaitFired("along", 2);
    assertThat(fired("along")).containsExactly(moved.minusSeconds(2), moved.minusSeconds(1));
  }

  private static void awaitFired(String task, int count) {
    await().atMost(SOON).until(() -> REMINDERS.notificationsOf(task) == count);
    assertThat(
            REMINDERS
                .jdbc
                .sql("SELECT count(*) FROM notifications WHERE fired_at < remind_at")
                .query(Long.class)
                .single())
        .as("of those that are early")
        .isZero();
  }

  private static List<Instant> fired(String task) {
    return REMINDERS
        .jdbc
        .sql("SELECT remind_at FROM notifications WHERE task_id = :task ORDER BY fired_at")
        .param("task", task)
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list();
  }
}
