package dev.punctual.outbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Commits batches that are on the log, one at a time, behind the relay, which reads and sends the
 * next meanwhile. The relay's thread alone calls this.
 */
final class Commits {

  private final Executor executor;
  private CompletableFuture<Void> commit = CompletableFuture.completedFuture(null);
  private Batch beingCommitted = Batch.NONE;

  /** Commits on an executor's thread, or on the caller's. */
  Commits(Executor executor) {
    this.executor = executor;
  }

  /**
   * Waits until the batch before is committed, then begins with this one.
   *
   * @param committed runs when it is, before the batch leaves {@link #pending}
   * @throws RuntimeException if the batch before, or already this one, could not be committed
   */
  void add(Batch batch, Publisher.Transaction transaction, Runnable committed) {
    await();
    beingCommitted = batch;
    commit =
        CompletableFuture.runAsync(
            () -> {
              transaction.commit();
              committed.run();
            },
            executor);
    pending();
  }

  /**
   * What is on the log and may be visible the next moment.
   *
   * @throws RuntimeException if a commit failed: only a new publisher knows what became of it
   */
  Batch pending() {
    if (!commit.isDone()) {
      return beingCommitted;
    }
    await();
    return Batch.NONE;
  }

  /** Waits until nothing is pending; throws as {@link #pending} does. */
  void await() {
    try {
      commit.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
