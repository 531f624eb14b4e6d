/** Reminders on a real PostgreSQL and a real Kafka. */
@NullMarked
package dev.punctual.reminderworker;

import org.jspecify.annotations.NullMarked;
