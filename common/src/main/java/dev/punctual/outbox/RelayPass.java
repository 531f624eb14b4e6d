package dev.punctual.outbox;

import dev.punctual.outbox.RelayObserver.Step;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass of the active relay: read the oldest events, publish them, delete them. */
final class RelayPass {

  private static final Logger log = LoggerFactory.getLogger(RelayPass.class);

  private final WaitingEvents waiting;
  private final PublisherFactory publishers;
  private final RelayObserver observer;
  private final int batchSize;

  private Publisher publisher;

  RelayPass(
      WaitingEvents waiting, PublisherFactory publishers, RelayObserver observer, int batchSize) {
    this.waiting = waiting;
    this.publishers = publishers;
    this.observer = observer;
    this.batchSize = batchSize;
    this.publisher = publishers.openAndSettle(waiting);
  }

  /** Publishes what waits, up to a batch; returns how many events that were. */
  int runOnce() {
    var events = waiting.oldest(batchSize);
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

  private void publish(List<WaitingEvent> events) {
    publisher.publish(events, step -> observe(step, events));
    observe(Step.COMMITTED, events);
    waiting.delete(Batch.of(events));
    observe(Step.DELETED, events);
  }

  /**
   * One by one, so that exactly the record that Kafka refuses is parked and the others keep their
   * order.
   */
  private void findRefused(List<WaitingEvent> events) {
    reopen();
    for (var event : events) {
      try {
        publish(List.of(event));
      } catch (RuntimeException e) {
        if (!Failure.isTheRecords(e)) {
          throw e;
        }
        reopen();
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

  private void reopen() {
    publisher.close();
    publisher = publishers.openAndSettle(waiting);
  }

  private void observe(Step step, List<WaitingEvent> events) {
    observer.reached(step, events.stream().map(WaitingEvent::createdAt).toList());
  }

  void close() {
    publisher.close();
  }
}
