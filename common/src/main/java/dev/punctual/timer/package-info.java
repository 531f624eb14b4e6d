/**
 * The due-time engine: instants are set in the transaction they belong to, and fired once, when
 * they come.
 */
@NullMarked
package dev.punctual.timer;

import org.jspecify.annotations.NullMarked;
