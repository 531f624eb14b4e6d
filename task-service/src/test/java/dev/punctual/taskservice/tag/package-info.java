@NullMarked
package dev.punctual.taskservice.tag;

import org.jspecify.annotations.NullMarked;
