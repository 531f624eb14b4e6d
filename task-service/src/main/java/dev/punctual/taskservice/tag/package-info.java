/** Tags: the names by which a user groups tasks. */
@NullMarked
package dev.punctual.taskservice.tag;

import org.jspecify.annotations.NullMarked;
