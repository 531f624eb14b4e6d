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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reminders that fall due at a steady rate, more than REST takes on a small machine: their tasks
 * are written straight into the database, with timers and events as the service writes them.
 */
final class ReminderStream implements AutoCloseable {

  private static final String USER = "reminded-in-a-stream";
  private static final int BATCHES_PER_SECOND = 5;
  private static final Duration AHEAD = Duration.ofSeconds(3);

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Timers timers;
  private final Outbox outbox;
  private final int perBatch;
  private final Thread thread = new Thread(this::run, "reminder-stream");
  private volatile boolean running = true;
  private final AtomicInteger written = new AtomicInteger();

  ReminderStream(Installation installation, int perSecond) {
    var dataSource =
        new DriverManagerDataSource(installation.postgres().url(), EmbeddedPostgres.USER, "");
    jdbc = JdbcClient.create(dataSource);
    transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    // The relay's own poll wakes it.
    outbox = new Outbox(jdbc, InstantSource.system(), () -> {});
    timers = new Timers(jdbc, outbox);
    perBatch = perSecond / BATCHES_PER_SECOND;
    jdbc.sql("INSERT INTO users (id, email, name) VALUES (:id, :id, :id) ON CONFLICT DO NOTHING")
        .param("id", USER)
        .update();
    thread.start();
  }

  private void run() {
    long next = System.nanoTime();
    while (running) {
      try {
        transactions.executeWithoutResult(tx -> write(Instant.now().plus(AHEAD)));
        written.addAndGet(perBatch);
      } catch (DataAccessException | TransactionException e) {
        // The database is away; what was not written is not due.
      }
      next += Duration.ofSeconds(1).dividedBy(BATCHES_PER_SECOND).toNanos();
      Waiting.pause(Duration.ofNanos(next - System.nanoTime()));
    }
  }

  private void write(Instant from) {
    long apart = Duration.ofSeconds(1).dividedBy((long) BATCHES_PER_SECOND * perBatch).toNanos();
    var tasks =
        IntStream.range(0, perBatch)
            .mapToObj(n -> task(from.plusNanos(n * apart).truncatedTo(ChronoUnit.MICROS)))
            .toList();
    jdbc.sql(
            """
            INSERT INTO tasks (id, user_id, title, remind_at)
            SELECT id, :user, 'In a stream', remind_at FROM unnest(:ids::text[], :instants::timestamptz[]) AS t (id, remind_at)
            """)
        .param("user", USER)
        .param("ids", tasks.stream().map(Task::id).toArray(String[]::new))
        .param("instants", tasks.stream().map(ReminderStream::remindAt).toArray(String[]::new))
        .update();
    timers.set(tasks.stream().map(ReminderStream::timer).toList());
    outbox.append(
        tasks.stream()
            .map(
                task -> new TaskEvent(TaskEvent.Kind.CREATED, 1, List.of(), task, Cause.user(USER)))
            .toList());
  }

  private static Timer timer(Task task) {
    return new Timer(TimerKind.REMINDER, task.id(), task.reminderTimes().first());
  }

  private static String remindAt(Task task) {
    return OffsetDateTime.ofInstant(task.reminderTimes().first(), ZoneOffset.UTC).toString();
  }

  private static Task task(Instant remindAt) {
    return new Task(
        UuidV7.at(remindAt),
        USER,
        "In a stream",
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
        remindAt,
        remindAt);
  }

  /** How many reminders it has set. */
  int written() {
    return written.get();
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
