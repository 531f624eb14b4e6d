package dev.punctual.localstack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops everything when the JVM is asked to end, stage after stage, each within its time: whoever
 * pressed Ctrl-C is waiting. What is still starting is stopped as soon as it has started.
 */
final class Shutdown {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  /** In the order of stopping. */
  enum Stage {
    SERVICES(Duration.ofSeconds(5)),
    SERVERS(Duration.ofSeconds(4));

    private final Duration patience;

    Stage(Duration patience) {
      this.patience = patience;
    }
  }

  private record Part(
      Stage stage, String name, CompletableFuture<? extends AutoCloseable> running) {
    void stop() {
      try {
        running.get().close();
      } catch (ExecutionException neverStarted) {
        log.debug("{} never started", name);
      } catch (Exception e) {
        log.warn("{} did not stop cleanly", name, e);
      }
    }
  }

  private final List<Part> parts = new CopyOnWriteArrayList<>();

  Shutdown() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::run, "shutdown"));
  }

  /** Registers a part that is being started. */
  void add(Stage stage, String name, CompletableFuture<? extends AutoCloseable> running) {
    parts.add(new Part(stage, name, running));
  }

  private void run() {
    for (Stage stage : Stage.values()) {
      stopAll(stage);
    }
  }

  private void stopAll(Stage stage) {
    CompletableFuture<?>[] stopping =
        parts.stream()
            .filter(part -> part.stage() == stage)
            .map(part -> Background.run("stop " + part.name(), part::stop))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(stopping)
        .completeOnTimeout(null, stage.patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
