package dev.punctual.outbox;

import java.util.List;

/**
 * Names the events of one Kafka transaction: their rows, and their ids, since a restored database
 * gives ids of rows anew.
 */
record Batch(List<Long> ids, List<String> eventIds) {

  static final Batch NONE = new Batch(List.of(), List.of());

  static Batch of(List<WaitingEvent> events) {
    return new Batch(
        events.stream().map(WaitingEvent::id).toList(),
        events.stream().map(WaitingEvent::eventId).toList());
  }
}
