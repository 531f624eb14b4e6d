/** The facts that Punctual publishes: their records, their topics and their JSON. */
@NullMarked
package dev.punctual.event;

import org.jspecify.annotations.NullMarked;
