/** Recurring tasks: the templates that tasks are spawned from by the calendar. */
@NullMarked
package dev.punctual.taskservice.recurringtask;

import org.jspecify.annotations.NullMarked;
