/** The whole of Punctual in one process, for a machine that has nothing but a JDK and Maven. */
@NullMarked
package dev.punctual.localstack;

import org.jspecify.annotations.NullMarked;
