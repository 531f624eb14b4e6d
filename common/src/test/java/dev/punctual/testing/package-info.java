/** What integration tests of every module stand on: real PostgreSQL, real Kafka, fresh for each. */
@NullMarked
package dev.punctual.testing;

import org.jspecify.annotations.NullMarked;
