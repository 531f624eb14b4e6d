package dev.punctual.systemtests;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * Users who write at a steady rate: they create, change, complete, reopen and delete tasks. A
 * create that got no answer is sent again, with its Idempotency-Key, until it is acknowledged.
 */
final class WriteLoad implements AutoCloseable {

  private static final int THREADS = 8;
  private static final int USERS = 20;
  private static final Duration RETRY_AFTER = Duration.ofMillis(200);

  private final Duration perWrite;
  private final List<Target> services;
  private final List<Api> users = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedDeque<Writer.OpenTask> open = new ConcurrentLinkedDeque<>();
  private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
  private final Tally tally = new Tally(System::nanoTime);
  private volatile boolean running = true;

  /**
   * A service to write to.
   *
   * @param undisturbed whether it has lived, unfrozen, since a reading of {@link System#nanoTime}
   */
  record Target(String name, URI url, LongPredicate undisturbed) {

    static List<Target> of(Installation installation) {
      return installation.services(Installation.TASK_SERVICE).stream()
          .map(
              service ->
                  new Target(
                      service.process().name(),
                      service.url(),
                      service.process()::isUndisturbedSince))
          .toList();
    }
  }

  /**
   * Starts the load.
   *
   * @param latestReminder reminders are set up to so far into the future
   */
  WriteLoad(List<Target> services, int perSecond, Duration latestReminder, long seed) {
    this.services = services;
    this.perWrite = Duration.ofSeconds(1).multipliedBy(THREADS).dividedBy(perSecond);
    for (int i = 0; i < USERS; i++) {
      users.add(Api.as("user" + i + "@example.com", services.get(0).url()));
    }
    var seeds = new Random(seed);
    for (int i = 0; i < THREADS; i++) {
      var writer = new Writer(this, users, latestReminder, new Random(seeds.nextLong()));
      var thread = new Thread(() -> run(writer), "load-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  private void run(Writer writer) {
    long next = System.nanoTime();
    while (running) {
      next += perWrite.toNanos();
      try {
        writer.write();
      } catch (IOException e) {
        pauseBeforeRetry();
        next = Math.max(next, System.nanoTime());
      } catch (RuntimeException | Error e) {
        tally.unexpected("The load failed itself: " + e);
        pauseBeforeRetry();
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  void pauseBeforeRetry() {
    Waiting.pause(RETRY_AFTER);
  }

  boolean isRunning() {
    return running;
  }

  List<Target> services() {
    return services;
  }

  Tally tally() {
    return tally;
  }

  ConcurrentLinkedDeque<Writer.OpenTask> open() {
    return open;
  }

  void acknowledge(Acknowledged write) {
    acknowledged.merge(write.taskId(), write, Acknowledged::orLater);
  }

  /** The latest write of each task that was answered with success. */
  Collection<Acknowledged> acknowledged() {
    return acknowledged.values();
  }

  /** How many writes were answered with success so far. */
  long writes() {
    return tally.writes();
  }

  /** How many were not so far, and what they said may have been sent again. */
  long failures() {
    return tally.failures();
  }

  /** Stops writing and waits for the requests under way. */
  @Override
  public void close() {
    running = false;
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
