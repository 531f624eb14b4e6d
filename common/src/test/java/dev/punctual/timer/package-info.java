/** The engine on a real database, pass by pass, and as a whole on a real Kafka. */
@NullMarked
package dev.punctual.timer;

import org.jspecify.annotations.NullMarked;
