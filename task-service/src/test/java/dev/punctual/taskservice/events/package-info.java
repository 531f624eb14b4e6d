/** Tests of the commands about events. */
@NullMarked
package dev.punctual.taskservice.events;

import org.jspecify.annotations.NullMarked;
