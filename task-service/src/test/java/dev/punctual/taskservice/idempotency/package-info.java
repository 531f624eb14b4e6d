@NullMarked
package dev.punctual.taskservice.idempotency;

import org.jspecify.annotations.NullMarked;
