package dev.punctual.outbox;

import java.util.ArrayList;
import java.util.List;

/**
 * Names events that are on Kafka, or will be when a Kafka transaction commits: their rows, and
 * their ids, since a restored database gives ids of rows anew.
 */
record Batch(List<Long> ids, List<String> eventIds) {

  static final Batch NONE = new Batch(List.of(), List.of());

  static Batch of(List<WaitingEvent> events) {
    return new Batch(
        events.stream().map(WaitingEvent::id).toList(),
        events.stream().map(WaitingEvent::eventId).toList());
  }

  static Batch union(List<Batch> batches) {
    var ids = new ArrayList<Long>();
    var eventIds = new ArrayList<String>();
    for (var batch : batches) {
      ids.addAll(batch.ids);
      eventIds.addAll(batch.eventIds);
    }
    return new Batch(ids, eventIds);
  }

  Batch and(Batch other) {
    return union(List.of(this, other));
  }

  int size() {
    return ids.size();
  }
}
