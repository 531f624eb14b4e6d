/** Recurrence rules in requests, and what they will do, before anything is saved. */
@NullMarked
package dev.punctual.taskservice.recurrence;

import org.jspecify.annotations.NullMarked;
