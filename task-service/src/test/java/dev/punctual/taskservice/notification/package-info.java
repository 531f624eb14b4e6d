@NullMarked
package dev.punctual.taskservice.notification;

import org.jspecify.annotations.NullMarked;
