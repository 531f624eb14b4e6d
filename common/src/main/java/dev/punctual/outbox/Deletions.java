package dev.punctual.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the rows of what is on Kafka, behind the relay, which publishes the next batch meanwhile:
 * a deletion has to wait for the disk. Until it has, the batch is pending: the relay does not read
 * its rows again, and names its events in the progress of each batch it publishes.
 */
final class Deletions {

  private final WaitingEvents waiting;
  private final Executor executor;
  private final Deque<Published> queue = new ArrayDeque<>();
  private Batch beingDeleted = Batch.NONE;
  private @Nullable Throwable failure;

  /**
   * Deletes on an executor of one thread, or on the caller's.
   *
   * @param waiting must not share its connection with another thread
   */
  Deletions(WaitingEvents waiting, Executor executor) {
    this.waiting = waiting;
    this.executor = executor;
  }

  /** Deletes a batch soon, and runs {@code deleted} when that is durable. */
  void add(Batch batch, Runnable deleted) {
    synchronized (this) {
      queue.add(new Published(batch, deleted));
    }
    executor.execute(this::deleteQueued);
    throwIfFailed();
  }

  /**
   * What is on Kafka and may still have rows.
   *
   * @throws RuntimeException if a deletion failed
   */
  synchronized Batch pending() {
    throwIfFailed();
    var batches = new ArrayList<Batch>(List.of(beingDeleted));
    queue.forEach(published -> batches.add(published.batch()));
    return Batch.union(batches);
  }

  /** Waits until no more than so many events are pending; throws as {@link #pending} does. */
  synchronized void awaitPendingAtMost(int events) {
    try {
      while (pending().size() > events) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void deleteQueued() {
    List<Published> published;
    synchronized (this) {
      published = List.copyOf(queue);
      queue.clear();
      beingDeleted = Batch.union(published.stream().map(Published::batch).toList());
    }
    try {
      if (!published.isEmpty()) {
        waiting.delete(beingDeleted);
        published.forEach(each -> each.deleted().run());
      }
      finished(null);
    } catch (RuntimeException | Error e) {
      finished(e);
    }
  }

  private synchronized void finished(@Nullable Throwable thrown) {
    if (thrown == null) {
      beingDeleted = Batch.NONE;
    } else {
      failure = thrown;
    }
    notifyAll();
  }

  private synchronized void throwIfFailed() {
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private record Published(Batch batch, Runnable deleted) {}
}
