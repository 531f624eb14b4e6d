/** Requests that are repeated: the same {@code Idempotency-Key} is carried out once. */
@NullMarked
package dev.punctual.taskservice.idempotency;

import org.jspecify.annotations.NullMarked;
