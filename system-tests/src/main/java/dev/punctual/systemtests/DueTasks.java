package dev.punctual.systemtests;

import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.event.Cause;
import dev.punctual.event.Task;
import dev.punctual.event.TaskEvent;
import dev.punctual.id.UuidV7;
import dev.punctual.outbox.Outbox;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tasks with a reminder, more at once than REST takes on a small machine: written straight into the
 * database, with timers and events in the same transaction, as the service writes them.
 */
final class DueTasks {

  /** Whose they are; {@link Api#as} signs this user in. */
  static final String USER = "reminded@example.com";

  private static final int A_TRANSACTION = 1_000;

  private final JdbcClient jdbc;
  private final String userId;
  private final TransactionTemplate transactions;
  private final Timers timers;
  private final Outbox outbox;

  DueTasks(Installation installation) {
    var dataSource =
        new DriverManagerDataSource(installation.postgres().url(), EmbeddedPostgres.USER, "");
    jdbc = JdbcClient.create(dataSource);
    transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    // The relay's own poll wakes it.
    outbox = new Outbox(jdbc, InstantSource.system(), () -> {});
    timers = new Timers(jdbc, outbox);
    jdbc.sql("INSERT INTO users (id, email, name) VALUES (:id, :id, :id) ON CONFLICT DO NOTHING")
        .param("id", USER)
        .update();
    userId =
        jdbc.sql("SELECT id FROM users WHERE email = :email")
            .param("email", USER)
            .query(String.class)
            .single();
  }

  /** Writes so many with one instant. */
  List<Task> write(int many, Instant remindAt) {
    return write(Collections.nCopies(many, remindAt));
  }

  /** Writes one for each instant, up to a thousand in a transaction. */
  List<Task> write(List<Instant> remindAts) {
    var tasks = new ArrayList<Task>();
    for (int from = 0; from < remindAts.size(); from += A_TRANSACTION) {
      var some = remindAts.subList(from, Math.min(from + A_TRANSACTION, remindAts.size()));
      transactions.executeWithoutResult(tx -> tasks.addAll(insert(some)));
    }
    return tasks;
  }

  private List<Task> insert(List<Instant> remindAts) {
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var tasks = remindAts.stream().map(at -> task(at.truncatedTo(ChronoUnit.MICROS), now)).toList();
    jdbc.sql(
            """
            INSERT INTO tasks (id, user_id, title, remind_at, created_at, updated_at)
            SELECT id, :user, 'Due', remind_at, :now, :now
            FROM unnest(:ids::text[], :instants::timestamptz[]) AS t (id, remind_at)
            """)
        .param("user", userId)
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .param("ids", tasks.stream().map(Task::id).toArray(String[]::new))
        .param("instants", tasks.stream().map(t -> remindAt(t).toString()).toArray(String[]::new))
        .update();
    timers.set(
        tasks.stream()
            .map(task -> new Timer(TimerKind.REMINDER, task.id(), remindAt(task)))
            .toList());
    outbox.append(tasks.stream().map(this::created).toList());
    return tasks;
  }

  private TaskEvent created(Task task) {
    return new TaskEvent(
        TaskEvent.Kind.CREATED,
        1,
        List.of("title", "priority", "remind_at", "reminders"),
        task,
        Cause.user(userId));
  }

  /**
   * Changes a task's title and keeps its transaction, with its lock and its low outbox id, open for
   * so long.
   */
  void changeAndCommitAfter(Duration pause, Task task) {
    transactions.executeWithoutResult(
        tx -> {
          var updatedAt =
              jdbc.sql(
                      """
                      UPDATE tasks SET title = 'Late', version = 2, updated_at = clock_timestamp()
                      WHERE id = :id AND version = 1 RETURNING updated_at
                      """)
                  .param("id", task.id())
                  .query(OffsetDateTime.class)
                  .single();
          outbox.append(
              new TaskEvent(
                  TaskEvent.Kind.UPDATED,
                  2,
                  List.of("title"),
                  task(task.id(), "Late", remindAt(task), task.createdAt(), updatedAt.toInstant()),
                  Cause.user(userId)));
          Waiting.pause(pause);
        });
  }

  private static Instant remindAt(Task task) {
    return task.reminderTimes().first();
  }

  private Task task(Instant remindAt, Instant now) {
    return task(UuidV7.at(now), "Due", remindAt, now, now);
  }

  private Task task(
      String id, String title, Instant remindAt, Instant createdAt, Instant updatedAt) {
    return new Task(
        id,
        userId,
        title,
        null,
        false,
        null,
        "medium",
        null,
        remindAt,
        Task.Reminder.only(remindAt),
        null,
        null,
        null,
        List.of(),
        createdAt,
        updatedAt);
  }

  /** How many of the tasks have a notification. */
  long fired(List<Task> tasks) {
    return jdbc.sql("SELECT count(*) FROM notifications WHERE task_id = ANY(:ids)")
        .param("ids", tasks.stream().map(Task::id).toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  /** Waits until all of the tasks have a notification, and returns how late the latest was. */
  Duration awaitFired(List<Task> tasks, Duration atMost) {
    Waiting.until(tasks.size() + " reminders fire", atMost, () -> fired(tasks) == tasks.size());
    return latest(tasks);
  }

  /** How late the latest of these fired so far. */
  Duration latest(List<Task> tasks) {
    return Duration.ofMillis(
        jdbc.sql("SELECT coalesce(max(late_by_ms), 0) FROM notifications WHERE task_id = ANY(:ids)")
            .param("ids", tasks.stream().map(Task::id).toArray(String[]::new))
            .query(Long.class)
            .single());
  }
}
