/**
 * A whole installation as separate processes, faults done to it, and the checkers that judge what
 * came of it.
 */
@NullMarked
package dev.punctual.systemtests;

import org.jspecify.annotations.NullMarked;
