/** Ids of new rows and events, and the slots that ids fall into. */
@NullMarked
package dev.punctual.id;

import org.jspecify.annotations.NullMarked;
