package dev.punctual.localstack;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work on a thread of its own that does not keep the JVM alive. */
final class Background {

  private Background() {}

  static CompletableFuture<?> run(String name, Runnable work) {
    return start(
        name,
        () -> {
          work.run();
          return name;
        });
  }

  /** The future fails with exactly what the work threw. */
  static <T> CompletableFuture<T> start(String name, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.call());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
