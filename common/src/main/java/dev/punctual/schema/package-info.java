/** The migrations and the commands that apply, verify and undo them. */
@NullMarked
package dev.punctual.schema;

import org.jspecify.annotations.NullMarked;
