@NullMarked
package dev.punctual.taskservice.schema;

import org.jspecify.annotations.NullMarked;
