@NullMarked
package dev.punctual.taskservice.task;

import org.jspecify.annotations.NullMarked;
