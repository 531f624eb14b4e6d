/** The REST API over the tasks; it migrates the schema when it starts. */
@NullMarked
package dev.punctual.taskservice;

import org.jspecify.annotations.NullMarked;
