package dev.punctual.systemtests;

import dev.punctual.event.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/** Reminders that fall due at a steady rate. */
final class ReminderStream implements AutoCloseable {

  private static final int BATCHES_PER_SECOND = 5;
  private static final Duration AHEAD = Duration.ofSeconds(3);

  private final DueTasks tasks;
  private final int perBatch;
  private final Consumer<List<Task>> listener;
  private final Thread thread = new Thread(this::run, "reminder-stream");
  private volatile boolean running = true;
  private volatile @Nullable RuntimeException failure;
  private final AtomicInteger written = new AtomicInteger();

  ReminderStream(Installation installation, int perSecond) {
    this(installation, perSecond, tasks -> {});
  }

  /**
   * Starts a stream.
   *
   * @param listener hears of the tasks, some time before their reminders are due
   */
  ReminderStream(Installation installation, int perSecond, Consumer<List<Task>> listener) {
    this.tasks = new DueTasks(installation);
    this.perBatch = perSecond / BATCHES_PER_SECOND;
    this.listener = listener;
    thread.start();
  }

  private void run() {
    long next = System.nanoTime();
    while (running) {
      try {
        listener.accept(tasks.write(instants(Instant.now().plus(AHEAD))));
        written.addAndGet(perBatch);
      } catch (DataAccessException | TransactionException e) {
        // The database is away; what was not written is not due. What it refuses is told at the
        // end.
        failure = e instanceof DataIntegrityViolationException ? e : failure;
      }
      next += Duration.ofSeconds(1).dividedBy(BATCHES_PER_SECOND).toNanos();
      Waiting.pause(Duration.ofNanos(next - System.nanoTime()));
    }
  }

  private List<Instant> instants(Instant from) {
    long apart = Duration.ofSeconds(1).dividedBy((long) BATCHES_PER_SECOND * perBatch).toNanos();
    return IntStream.range(0, perBatch).mapToObj(n -> from.plusNanos(n * apart)).toList();
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
    if (failure != null) {
      throw new AssertionError("The reminders could not be written", failure);
    }
  }
}
