/**
 * Reading events from Kafka: what is understood is handled, what is unknown is skipped, what cannot
 * be read is put aside.
 */
@NullMarked
package dev.punctual.consumer;

import org.jspecify.annotations.NullMarked;
