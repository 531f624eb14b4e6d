package dev.punctual.outbox;

import java.time.Instant;

/** A row of the outbox. */
record WaitingEvent(
    long id,
    String topic,
    String key,
    String eventId,
    String type,
    String payload,
    String headers,
    Instant createdAt) {}
