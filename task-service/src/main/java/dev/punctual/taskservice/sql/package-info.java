/** Between columns and the values of records. */
@NullMarked
package dev.punctual.taskservice.sql;

import org.jspecify.annotations.NullMarked;
