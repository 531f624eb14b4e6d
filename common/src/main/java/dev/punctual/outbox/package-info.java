/**
 * Publishing: events are appended in the transaction that makes them true, and one relay carries
 * them to Kafka.
 */
@NullMarked
package dev.punctual.outbox;

import org.jspecify.annotations.NullMarked;
