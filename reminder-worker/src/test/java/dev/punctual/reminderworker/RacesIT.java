package dev.punctual.reminderworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Edits that come within 50 ms of the instant: whoever commits first wins, and the other sees it.
 */
class RacesIT {

  private static final int TASKS = 300;

  private final Reminders reminders = new Reminders();

  @AfterEach
  void stop() {
    reminders.close();
  }

  @Test
  void edits_completions_and_deletes_race_the_firing_and_nothing_is_lost_or_doubled() {
    reminders.startListeningWorker();
    Instant first = reminders.now().plusSeconds(2);
    reminders.createMany("t", TASKS, first, Duration.ofMillis(10));
    var random = new Random(5);

    var edits =
        IntStream.range(0, TASKS)
            .filter(n -> n % 2 == 0)
            .mapToObj(
                n -> {
                  var instant = first.plusMillis(10L * n);
                  var at = instant.plusMillis(random.nextInt(100) - 50);
                  return CompletableFuture.runAsync(
                      () -> edit(n, instant),
                      CompletableFuture.delayedExecutor(
                          Duration.between(reminders.now(), at).toMillis(), TimeUnit.MILLISECONDS));
                })
            .toList();
    edits.forEach(CompletableFuture::join);

    await().atMost(Duration.ofSeconds(20)).until(() -> reminders.pending() == 0);
    // The constraint forbids two for one instant; whatever the task says now has fired.
    assertThat(
            ids(
                "SELECT id FROM tasks WHERE NOT is_complete AND NOT EXISTS (SELECT FROM notifications n WHERE n.task_id = tasks.id AND n.remind_at = tasks.remind_at)"))
        .isEmpty();
    assertThat(ids("SELECT task_id FROM notifications WHERE fired_at < remind_at")).isEmpty();
    assertThat(
            ids(
                "SELECT e.key FROM (SELECT DISTINCT id, task_id AS key FROM notifications) e GROUP BY e.key HAVING count(*) > 2"))
        .isEmpty();
    assertThat(reminders.notifications()).isGreaterThanOrEqualTo(TASKS / 2);
    assertThat(reminders.latest("t%")).isLessThan(1000);
    assertThat(ids("SELECT id FROM timers_parked")).isEmpty();
  }

  private List<String> ids(String sql) {
    return reminders.jdbc.sql(sql).query(String.class).list();
  }

  /** As the task-service does it: the task is locked first, then comes its timer. */
  private void edit(int n, Instant instant) {
    var id = "t" + n;
    reminders
        .database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              reminders
                  .jdbc
                  .sql("SELECT id FROM tasks WHERE id = :id FOR UPDATE")
                  .param("id", id)
                  .query()
                  .singleRow();
              switch (n % 6) {
                case 0 -> {
                  var moved = instant.plusMillis(700);
                  reminders
                      .jdbc
                      .sql("UPDATE tasks SET remind_at = :at WHERE id = :id")
                      .param("at", OffsetDateTime.ofInstant(moved, ZoneOffset.UTC))
                      .param("id", id)
                      .update();
                  reminders.timers.set(new Timer(TimerKind.REMINDER, id, moved));
                }
                case 2 -> {
                  reminders
                      .jdbc
                      .sql("UPDATE tasks SET is_complete = true WHERE id = :id")
                      .param("id", id)
                      .update();
                  reminders.timers.cancel(TimerKind.REMINDER, id);
                }
                default -> {
                  reminders.timers.cancel(TimerKind.REMINDER, id);
                  reminders.jdbc.sql("DELETE FROM tasks WHERE id = :id").param("id", id).update();
                }
              }
            });
  }

  @Test
  void a_task_that_is_locked_for_seconds_delays_none_of_a_thousand_others() {
    reminders.startListeningWorker();
    Instant first = reminders.now().plusSeconds(2);
    reminders.createMany("t", 1000, first, Duration.ofMillis(1));
    reminders
        .database
        .transactions()
        .executeWithoutResult(
            edit -> {
              reminders
                  .jdbc
                  .sql("SELECT id FROM tasks WHERE id = 't500' FOR UPDATE")
                  .query()
                  .singleRow();
              await()
                  .atMost(Duration.ofSeconds(20))
                  .until(
                      () -> CompletableFuture.supplyAsync(reminders::notifications).join() == 1000);
            });
    assertThat(reminders.latest("t%")).as("of the others").isLessThan(1000);
    await().atMost(Duration.ofSeconds(5)).until(() -> reminders.notificationsOf("t500") == 1);
  }
}
