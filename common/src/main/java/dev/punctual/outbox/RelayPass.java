package dev.punctual.outbox;

import dev.punctual.outbox.RelayObserver.Step;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass of the active relay: read the oldest events, send them, have them committed and deleted.
 */
final class RelayPass {

  private static final Logger log = LoggerFactory.getLogger(RelayPass.class);

  /** So many events at most are named in the progress of a batch that is not theirs. */
  private static final int MOST_PENDING = 500;

  private final WaitingEvents waiting;
  private final Commits commits;
  private final Deletions deletions;
  private final PublisherFactory publishers;
  private final RelayObserver observer;
  private final int batchSize;

  private Publisher publisher;
  private List<WaitingEvent> readAhead = List.of();

  RelayPass(
      WaitingEvents waiting,
      Commits commits,
      Deletions deletions,
      PublisherFactory publishers,
      RelayObserver observer,
      int batchSize) {
    this.waiting = waiting;
    this.commits = commits;
    this.deletions = deletions;
    this.publishers = publishers;
    this.observer = observer;
    this.batchSize = batchSize;
    this.publisher = publishers.openAndSettle(waiting);
  }

  /**
   * Publishes what waits, up to a batch; returns how many events that were. They are on the log
   * then, and visible soon.
   *
   * @throws RuntimeException if this or an earlier batch could not be published or deleted: only a
   *     new pass knows what became of it
   */
  int runOnce() {
    var events = readAhead.isEmpty() ? search(unfinished()) : readAhead;
    readAhead = List.of();
    if (events.isEmpty()) {
      return 0;
    }
    observe(Step.SELECTED, events);
    try {
      publish(events);
    } catch (RuntimeException e) {
      if (!Failure.isTheRecords(e)) {
        throw e;
      }
      findRefused(events);
    }
    return events.size();
  }

  private List<WaitingEvent> search(Batch except) {
    long start = System.nanoTime();
    var oldest = waiting.oldest(batchSize, except);
    observer.searched(Duration.ofNanos(System.nanoTime() - start));
    return oldest;
  }

  /**
   * What is sent and may still have rows. A batch is among the deletions before it is committed.
   */
  private Batch unfinished() {
    return commits.pending().and(deletions.pending());
  }

  private void publish(List<WaitingEvent> events) {
    var batch = Batch.of(events);
    var transaction = publisher.begin();
    transaction.send(events, step -> observe(step, events));
    if (events.size() == batchSize) {
      // There is more: read it while Kafka takes this.
      readAhead = search(unfinished().and(batch));
    }
    deletions.awaitPendingAtMost(MOST_PENDING);
    transaction.complete(unfinished().and(batch));
    observe(Step.SENT, events);
    commits.add(
        batch,
        transaction,
        () -> {
          observe(Step.COMMITTED, events);
          deletions.add(batch, () -> observe(Step.DELETED, events));
        });
  }

  /**
   * One by one, so that exactly the record that Kafka refuses is parked and the others keep their
   * order.
   */
  private void findRefused(List<WaitingEvent> events) {
    readAhead = List.of();
    var rest = reopenFor(events);
    while (!rest.isEmpty()) {
      var event = rest.get(0);
      rest = rest.subList(1, rest.size());
      try {
        publish(List.of(event));
      } catch (RuntimeException e) {
        if (!Failure.isTheRecords(e)) {
          throw e;
        }
        rest = reopenFor(rest);
        waiting.park(event, Failure.reason(e));
        log.error(
            "Kafka refuses event {} ({} of {} on {}): {}. It is in outbox_parked; the others go on.",
            event.eventId(),
            event.type(),
            event.key(),
            event.topic(),
            Failure.reason(e));
      }
    }
  }

  /**
   * Fences, and returns those of the events that still wait. This process may have been frozen
   * since it read them, and another have published them: what was read before fencing proves
   * nothing.
   */
  private List<WaitingEvent> reopenFor(List<WaitingEvent> events) {
    commits.await();
    deletions.awaitPendingAtMost(0);
    publisher.close();
    publisher = publishers.openAndSettle(waiting);
    return waiting.stillThere(events);
  }

  private void observe(Step step, List<WaitingEvent> events) {
    observer.reached(step, events.stream().map(WaitingEvent::createdAt).toList());
  }

  /** Waits until what was published is visible; throws as {@link #runOnce} does. */
  void awaitCommitted() {
    commits.await();
  }

  void close() {
    publisher.close();
  }
}
