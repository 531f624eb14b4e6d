/** The W3C trace context, from a request through the outbox and Kafka to what a worker does. */
@NullMarked
package dev.punctual.trace;

import org.jspecify.annotations.NullMarked;
