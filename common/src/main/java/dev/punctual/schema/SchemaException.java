package dev.punctual.schema;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something about the schema that a person has to decide; the message is one line and says what to
 * do.
 */
public final class SchemaException extends RuntimeException {

  public SchemaException(String message) {
    super(message);
  }

  private SchemaException(String message, Throwable cause) {
    super(message, cause);
  }

  static SchemaException from(Throwable cause) {
    return cause instanceof SchemaException known
        ? known
        : new SchemaException(firstLine(cause), cause);
  }

  /** What the server said, if it said something; else the first line of what the library said. */
  static String firstLine(Throwable e) {
    var sql = sqlException(e);
    var said = String.valueOf((sql == null ? e : sql).getMessage()).strip();
    return said.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  static Optional<String> sqlState(Throwable e) {
    var sql = sqlException(e);
    return sql == null ? Optional.empty() : Optional.ofNullable(sql.getSQLState());
  }

  private static @Nullable SQLException sqlException(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
