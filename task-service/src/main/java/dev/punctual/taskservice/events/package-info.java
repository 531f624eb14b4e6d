/** {@code java -jar task-service.jar events …}: what an operator does with the events. */
@NullMarked
package dev.punctual.taskservice.events;

import org.jspecify.annotations.NullMarked;
