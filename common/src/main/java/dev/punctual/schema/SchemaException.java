package dev.punctual.schema;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that a person has to decide; the message is one line and says what to do. */
public final class SchemaException extends RuntimeException {

  public SchemaException(String message) {
    super(message);
  }

  private SchemaException(String message, Throwable cause) {
    super(message, cause);
  }

  static SchemaException from(Throwable cause) {
    return cause instanceof SchemaException known ? known : new SchemaException(said(cause), cause);
  }

  private static String said(Throwable cause) {
    var advice = advice(cause);
    return advice.isEmpty()
        ? firstLine(cause)
        : firstLine(cause).replaceFirst("[.]+$", "") + ". " + advice;
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

  /** The classes of PostgreSQL's error codes that a person can do something about. */
  private static String advice(Throwable e) {
    var state = sqlState(e).orElse("");
    if (state.equals("42501")) {
      return "Run this as the owner of the tables.";
    }
    if (state.equals("55P03")) {
      return "The lock could not be had for ten minutes: end the long transactions (docs/MIGRATIONS.md) and run this again.";
    }
    if (state.equals("08001") || state.equals("28P01") || state.equals("3D000")) {
      return "Check --url, --user and --password.";
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return "The connection was lost: run the same command again, it continues from there.";
    }
    if (state.startsWith("23")) {
      return "Rows stand in the way: mend them (docs/MIGRATIONS.md) and run this again, it continues from there.";
    }
    return "";
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
