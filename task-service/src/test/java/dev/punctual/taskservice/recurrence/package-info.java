@NullMarked
package dev.punctual.taskservice.recurrence;

import org.jspecify.annotations.NullMarked;
