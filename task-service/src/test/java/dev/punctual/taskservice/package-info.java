/** The API over real HTTP, on a real PostgreSQL. */
@NullMarked
package dev.punctual.taskservice;

import org.jspecify.annotations.NullMarked;
