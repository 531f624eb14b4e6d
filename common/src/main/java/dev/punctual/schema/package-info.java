/**
 * The migrations and the commands that apply, verify and undo them.
 *
 * <p>task-service calls {@link dev.punctual.schema.SchemaMigration#migrate} before anything uses
 * the database; the workers call {@link dev.punctual.schema.SchemaMigration#awaitRequiredVersion}.
 * Boot's own auto-configuration of Flyway is not on the class path, so nothing else migrates.
 */
@NullMarked
package dev.punctual.schema;

import org.jspecify.annotations.NullMarked;
