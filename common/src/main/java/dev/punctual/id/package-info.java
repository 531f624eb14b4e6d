/** Ids of new rows and events. */
@NullMarked
package dev.punctual.id;

import org.jspecify.annotations.NullMarked;
