package dev.punctual.systemtests;

import dev.punctual.event.Task;
import dev.punctual.systemtests.Fault.Scene;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Moves, completes or deletes every fifth task over REST, at the very instant of its reminder. */
final class EditsAtInstant implements AutoCloseable {

  private static final int AT_ONCE = 16;
  private static final int OF = 5;
  private static final int WITHIN_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Scene scene;
  private final Api user;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(AT_ONCE);
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger inTime = new AtomicInteger();

  EditsAtInstant(Scene scene) {
    this.scene = scene;
    this.user = Api.as(DueTasks.USER, scene.installation().readyTaskService());
  }

  /** Plans the edits of some of these tasks. */
  void plan(List<Task> tasks) {
    for (int i = 0; i < tasks.size(); i += OF) {
      var task = tasks.get(i);
      var instant = task.reminderTimes().first();
      int what = scene.random().nextInt(3);
      long millis =
          Duration.between(Instant.now(), instant).toMillis()
              + scene.random().nextInt(2 * WITHIN_MILLIS)
              - WITHIN_MILLIS;
      var ignored =
          threads.schedule(() -> edit(task.id(), instant, what), millis, TimeUnit.MILLISECONDS);
    }
  }

  private void edit(String id, Instant instant, int what) {
    var service = scene.installation().services(Installation.TASK_SERVICE).get(0).url();
    var path = "/api/tasks/" + id;
    var moved = Map.of("remind_at", Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS));
    try {
      var answer =
          switch (what) {
            case 0 -> user.send("PATCH", service, path, moved, Map.of());
            case 1 -> user.send("POST", service, path + "/complete", null, Map.of());
            default -> user.send("DELETE", service, path, null, Map.of());
          };
      if (!answer.isAcknowledged()) {
        scene.load().tally().unexpected("An edit at the instant of " + id + ": " + answer);
      }
      done.incrementAndGet();
      var off = Duration.between(instant, Instant.now()).abs();
      if (off.toMillis() <= WITHIN_MILLIS) {
        inTime.incrementAndGet();
      }
    } catch (IOException | RuntimeException e) {
      scene.load().tally().unexpected("An edit at the instant of " + id + ": " + e);
    }
  }

  /** How many were done so far. */
  int done() {
    return done.get();
  }

  /** Waits for those planned. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("The edits do not come to their end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    scene
        .report()
        .line(
            "%d edits, %d of them answered within %d ms of the instant"
                .formatted(done.get(), inTime.get(), WITHIN_MILLIS));
  }
}
