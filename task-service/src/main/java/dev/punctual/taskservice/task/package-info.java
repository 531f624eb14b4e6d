/** Tasks: each write is one transaction of the row, its timers and its event. */
@NullMarked
package dev.punctual.taskservice.task;

import org.jspecify.annotations.NullMarked;
