/** Recurrence rules and their occurrences: pure functions, without Spring and without a clock. */
@NullMarked
package dev.punctual.recurrence;

import org.jspecify.annotations.NullMarked;
