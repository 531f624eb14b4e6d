/** The figures of the README, beside the floor and the peers in one run. */
@NullMarked
package dev.punctual.benchmarks;

import org.jspecify.annotations.NullMarked;
