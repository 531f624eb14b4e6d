@NullMarked
package dev.punctual.taskservice.recurringtask;

import org.jspecify.annotations.NullMarked;
