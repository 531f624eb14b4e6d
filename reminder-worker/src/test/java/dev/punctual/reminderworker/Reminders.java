package dev.punctual.reminderworker;

import static org.awaitility.Awaitility.await;

import dev.punctual.event.RemindersColumn;
import dev.punctual.event.Task.Reminder;
import dev.punctual.outbox.Outbox;
import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tasks with reminders as the task-service writes them, in a database and under topics of their
 * own, and any number of workers.
 */
final class Reminders implements AutoCloseable {

  final Database database = Stack.newDatabase();
  final String topicPrefix = Stack.newTopicPrefix();
  final JdbcClient jdbc = database.jdbc();
  final Timers timers =
      new Timers(jdbc, new Outbox(jdbc, InstantSource.system(), Reminders::ignore));

  private final List<ConfigurableApplicationContext> workers = new ArrayList<>();

  Reminders() {
    Stack.createTopics(topicPrefix, 4);
    jdbc.sql("INSERT INTO users (id, email, name) VALUES ('ann', 'ann@example.com', 'Ann')")
        .update();
  }

  private static void ignore() {}

  /** A worker as it is deployed, but for where its servers are. */
  ConfigurableApplicationContext startWorker() {
    return startWorker(Map.of());
  }

  ConfigurableApplicationContext startWorker(Map<String, String> settings) {
    var properties = new HashMap<>(database.springProperties());
    properties.put("server.port", "0");
    properties.put("spring.kafka.bootstrap-servers", Stack.kafkaBootstrap());
    properties.put("punctual.topics.prefix", topicPrefix);
    properties.putAll(settings);
    var worker =
        ReminderWorkerApplication.builder()
            .run(
                properties.entrySet().stream()
                    .map(property -> "--" + property.getKey() + "=" + property.getValue())
                    .toArray(String[]::new));
    workers.add(worker);
    return worker;
  }

  /**
   * A worker that has loaded what is due within a minute, and will not do so again soon: what is
   * set from now on is on time only if it hears of it.
   */
  ConfigurableApplicationContext startListeningWorker() {
    var worker = startWorker();
    var health = worker.getBean("timersHealthIndicator", HealthIndicator.class);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Objects.requireNonNull(health.health()).getStatus().equals(Status.UP));
    var instant = now();
    create("first", instant.plusMillis(100));
    await().atMost(Duration.ofSeconds(10)).until(() -> notificationsOf("first") == 1);
    return worker;
  }

  /** The present instant by the database's clock. */
  Instant now() {
    return jdbc.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  void create(String id, Instant remindAt) {
    create(id, null, List.of(Reminder.at(remindAt)));
  }

  void create(String id, @Nullable Instant due, List<Reminder> reminders) {
    database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              jdbc.sql("INSERT INTO tasks (id, user_id, title) VALUES (:id, 'ann', 'Call')")
                  .param("id", id)
                  .update();
              write(id, due, reminders, Reminder.times(reminders, due).first());
            });
  }

  /** As the task-service does it: the task is locked first, then comes its timer. */
  void edit(String id, @Nullable Instant due, List<Reminder> reminders, Instant next) {
    database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              jdbc.sql("SELECT id FROM tasks WHERE id = :id FOR UPDATE")
                  .param("id", id)
                  .query()
                  .singleRow();
              write(id, due, reminders, next);
            });
  }

  private void write(String id, @Nullable Instant due, List<Reminder> reminders, Instant next) {
    var first = Reminder.times(reminders, due).first();
    jdbc.sql(
            """
            UPDATE tasks SET due_date = :due, remind_at = :first, reminders = :reminders::jsonb WHERE id = :id
            """)
        .param("id", id)
        .param("due", due == null ? null : OffsetDateTime.ofInstant(due, ZoneOffset.UTC))
        .param("first", OffsetDateTime.ofInstant(first, ZoneOffset.UTC))
        .param("reminders", RemindersColumn.write(reminders, due))
        .update();
    timers.set(new Timer(TimerKind.REMINDER, id, next));
  }

  Optional<Instant> timerOf(String id) {
    return timers.find(TimerKind.REMINDER, id);
  }

  /** So many tasks at once, {@code <prefix>0} and on, their reminders this far apart. */
  void createMany(String prefix, int count, Instant first, Duration apart) {
    database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              jdbc.sql(
                      """
                      INSERT INTO tasks (id, user_id, title, remind_at)
                      SELECT :prefix || n, 'ann', 'Call', :first + n * :apart * interval '1 microsecond'
                      FROM generate_series(0, :count - 1) AS n
                      """)
                  .param("prefix", prefix)
                  .param("first", OffsetDateTime.ofInstant(first, ZoneOffset.UTC))
                  .param("apart", apart.toNanos() / 1000)
                  .param("count", count)
                  .update();
              var set = new ArrayList<Timer>(count);
              for (int n = 0; n < count; n++) {
                var at = first.plus(apart.multipliedBy(n));
                set.add(new Timer(TimerKind.REMINDER, prefix + n, at));
              }
              timers.set(set);
            });
  }

  long notifications() {
    return jdbc.sql("SELECT count(*) FROM notifications").query(Long.class).single();
  }

  long notificationsOf(String taskId) {
    return jdbc.sql("SELECT count(*) FROM notifications WHERE task_id = :id")
        .param("id", taskId)
        .query(Long.class)
        .single();
  }

  /** Of the tasks whose ids are like this, the milliseconds of the reminder that was the latest. */
  long latest(String ids) {
    return jdbc.sql("SELECT max(late_by_ms) FROM notifications WHERE task_id LIKE :ids")
        .param("ids", ids)
        .query(Long.class)
        .single();
  }

  long pending() {
    return jdbc.sql("SELECT count(*) FROM timers").query(Long.class).single();
  }

  @Override
  public void close() {
    workers.forEach(ConfigurableApplicationContext::close);
    database.close();
  }
}
