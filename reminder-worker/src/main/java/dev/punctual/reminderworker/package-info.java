/** Turns due reminders into notifications: a row in the user's inbox and an event, in one go. */
@NullMarked
package dev.punctual.reminderworker;

import org.jspecify.annotations.NullMarked;
