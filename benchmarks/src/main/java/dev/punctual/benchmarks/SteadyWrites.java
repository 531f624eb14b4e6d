package dev.punctual.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A steady load of writes, as the service makes them: changes of tasks and users and new tasks,
 * each in a transaction of its own. What counts is how long the statement takes, in which a write
 * waits for locks, not the commit, in which it waits for the disk.
 */
final class SteadyWrites implements AutoCloseable {

  static final int WRITERS = 4;
  private static final long PERIOD_MS = 20;

  private final ScheduledExecutorService writers = Executors.newScheduledThreadPool(2 * WRITERS);
  private final List<Connection> connections = new ArrayList<>();
  private final Recorder writes = new Recorder(3);
  private final Recorder control = new Recorder(3);
  private final List<Future<?>> loops = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final int users;

  SteadyWrites(DataSource dataSource, int users) throws SQLException {
    this.users = users;
    new JdbcTemplate(dataSource)
        .execute(
            "DROP TABLE IF EXISTS control; CREATE TABLE control AS SELECT n AS id, n FROM generate_series(1, 1000) n");
    for (int i = 0; i < WRITERS; i++) {
      start(dataSource, i, this::nextWrite, writes);
    }
    for (int i = 0; i < WRITERS; i++) {
      start(dataSource, i, SteadyWrites::nextControlWrite, control);
    }
  }

  private void start(DataSource dataSource, int i, Supplier<String> next, Recorder measured)
      throws SQLException {
    var connection = dataSource.getConnection();
    connection.setAutoCommit(false);
    connections.add(connection);
    loops.add(
        writers.scheduleAtFixedRate(
            () -> write(connection, next.get(), measured),
            i * PERIOD_MS / WRITERS,
            PERIOD_MS,
            TimeUnit.MILLISECONDS));
  }

  /** The microseconds that the statements took since the last call. */
  Histogram takeWindow() {
    return writes.getIntervalHistogram();
  }

  /** As {@link #takeWindow}, of the writes to the table that nobody migrates. */
  Histogram takeControl() {
    return control.getIntervalHistogram();
  }

  private void write(Connection connection, String sql, Recorder measured) {
    try (var statement = connection.createStatement()) {
      var started = System.nanoTime();
      statement.executeUpdate(sql);
      var micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started);
      connection.commit();
      measured.recordValue(micros);
    } catch (SQLException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private String nextWrite() {
    var random = ThreadLocalRandom.current();
    var user = 1 + random.nextInt(users);
    var task = 1 + random.nextInt(3 * users);
    return switch (random.nextInt(5)) {
      case 0 ->
          "UPDATE users SET updated_at = now() WHERE id = md5('user%d')::uuid::text"
              .formatted(user);
      case 1 ->
          """
          INSERT INTO tasks (id, user_id, title)
          VALUES (gen_random_uuid()::text, md5('user%d')::uuid::text, 'New')
          """
              .formatted(user);
      default ->
          "UPDATE tasks SET title = 'Changed', updated_at = now() WHERE id = md5('task%d')::uuid::text"
              .formatted(task);
    };
  }

  private static String nextControlWrite() {
    return "UPDATE control SET n = n + 1 WHERE id = " + ThreadLocalRandom.current().nextInt(1000);
  }

  /** Ends the load; a write that failed fails the benchmark. */
  @Override
  public void close() throws SQLException {
    loops.forEach(loop -> loop.cancel(false));
    writers.shutdown();
    try {
      if (!writers.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("A write has been waiting for a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var connection : connections) {
      connection.close();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("A write failed", failure.get());
    }
  }
}
