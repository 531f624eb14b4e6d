/**
 * Spawns the instances of recurring tasks: from templates when they are due, and from completed
 * tasks that have a rule.
 */
@NullMarked
package dev.punctual.recurrenceworker;

import org.jspecify.annotations.NullMarked;
