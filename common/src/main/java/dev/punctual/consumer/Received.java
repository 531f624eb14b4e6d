package dev.punctual.consumer;

import dev.punctual.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event as it came from Kafka.
 *
 * @param id the {@code ce_id}: an event that comes again has the same
 * @param traceParent the W3C trace context of the change, if it was traced
 */
public record Received(Event event, String id, @Nullable String traceParent) {}
