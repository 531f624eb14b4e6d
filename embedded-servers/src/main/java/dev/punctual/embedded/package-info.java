/** PostgreSQL and Kafka started from Java: what the local stack and the tests run on. */
@NullMarked
package dev.punctual.embedded;

import org.jspecify.annotations.NullMarked;
