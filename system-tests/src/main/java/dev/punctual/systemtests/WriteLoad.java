package dev.punctual.systemtests;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Users who write at a steady rate: they create, change, complete, reopen and delete tasks. A
 * create that got no answer is sent again, with its Idempotency-Key, until it is acknowledged.
 */
final class WriteLoad implements AutoCloseable {

  private static final int THREADS = 8;
  private static final int USERS = 20;
  private static final Duration RETRY_AFTER = Duration.ofMillis(200);
  private static final List<String> PRIORITIES = List.of("low", "medium", "high", "urgent");

  private final List<URI> services;
  private final Duration perWrite;
  private final Duration latestReminder;
  private final Random seeds;
  private final List<Api> users = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedDeque<OpenTask> open = new ConcurrentLinkedDeque<>();
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean running = true;

  private record OpenTask(String id, Api owner) {}

  /**
   * Starts the load.
   *
   * @param latestReminder reminders are set up to so far into the future
   */
  WriteLoad(Installation installation, int perSecond, Duration latestReminder, long seed) {
    this.services =
        installation.services(Installation.TASK_SERVICE).stream().map(ServiceProcess::url).toList();
    this.perWrite = Duration.ofSeconds(1).multipliedBy(THREADS).dividedBy(perSecond);
    this.latestReminder = latestReminder;
    this.seeds = new Random(seed);
    for (int i = 0; i < USERS; i++) {
      users.add(Api.as("user" + i + "@example.com", services.get(0)));
    }
    for (int i = 0; i < THREADS; i++) {
      var random = new Random(seeds.nextLong());
      var thread = new Thread(() -> write(random), "load-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  private void write(Random random) {
    long next = System.nanoTime();
    while (running) {
      next += perWrite.toNanos();
      try {
        writeOnce(random);
        writes.incrementAndGet();
      } catch (IOException e) {
        failures.incrementAndGet();
        Waiting.pause(RETRY_AFTER);
        next = Math.max(next, System.nanoTime());
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void writeOnce(Random random) throws IOException {
    int dice = random.nextInt(100);
    var task = dice < 40 ? null : open.pollFirst();
    if (task == null) {
      create(random);
      return;
    }
    var path = "/api/tasks/" + task.id();
    if (dice < 50) {
      send(task.owner(), random, "DELETE", path, null);
      return;
    }
    if (dice < 65) {
      send(task.owner(), random, "POST", path + "/complete", null);
    } else if (dice < 75) {
      send(task.owner(), random, "POST", path + "/reopen", null);
    } else if (dice < 85) {
      send(task.owner(), random, "PATCH", path, Map.of("remind_at", soon(random)));
    } else {
      var title = "changed " + random.nextInt(1_000_000);
      send(task.owner(), random, "PATCH", path, Map.of("title", title));
    }
    open.addLast(task);
  }

  private void create(Random random) throws IOException {
    var owner = users.get(random.nextInt(users.size()));
    var key = "load-" + Long.toHexString(random.nextLong());
    Map<String, Object> body =
        random.nextInt(4) == 0
            ? Map.of("title", key, "priority", pick(random), "remind_at", soon(random))
            : Map.of("title", key, "priority", pick(random));
    while (true) {
      try {
        var answer =
            owner.send("POST", service(random), "/api/tasks", body, Map.of("Idempotency-Key", key));
        if (answer.isAcknowledged()) {
          var id = answer.json().get("id").asString();
          acknowledged.put(key, id);
          open.addLast(new OpenTask(id, owner));
          return;
        }
        if (answer.status() != 503 && answer.status() != 409) {
          unexpected.add("A create was answered " + answer);
          return;
        }
      } catch (IOException e) {
        if (!running) {
          throw e;
        }
      }
      failures.incrementAndGet();
      Waiting.pause(RETRY_AFTER);
      if (!running) {
        return;
      }
    }
  }

  /**
   * A change may find its task deleted, and a database that is away answers 503; anything else is
   * wrong.
   */
  private void send(Api owner, Random random, String method, String path, @Nullable Object body)
      throws IOException {
    var answer = owner.send(method, service(random), path, body, Map.of());
    if (answer.status() == 503) {
      throw new IOException("The database is away");
    }
    if (!answer.isAcknowledged()) {
      unexpected.add(method + " " + path + " " + body + ": " + answer);
    }
  }

  private URI service(Random random) {
    return services.get(random.nextInt(services.size()));
  }

  private String pick(Random random) {
    return PRIORITIES.get(random.nextInt(PRIORITIES.size()));
  }

  private String soon(Random random) {
    return Instant.now()
        .plusMillis(500 + random.nextLong(latestReminder.toMillis()))
        .truncatedTo(ChronoUnit.MILLIS)
        .toString();
  }

  /** The ids of tasks whose creation was acknowledged, by the idempotency key of the request. */
  Map<String, String> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** Answers that no fault explains. */
  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  long writes() {
    return writes.get();
  }

  long failures() {
    return failures.get();
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
