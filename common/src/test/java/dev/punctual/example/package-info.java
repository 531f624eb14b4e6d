/** The example consumer of docs/events.md, compiled and run. */
@NullMarked
package dev.punctual.example;

import org.jspecify.annotations.NullMarked;
