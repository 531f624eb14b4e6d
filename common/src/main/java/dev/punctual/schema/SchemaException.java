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
    var first = firstLine(cause);
    if (first.contains(
        "lockRetryCount")) { // Flyway's own lock, which programs before this one take
      return "Another program has been migrating this database for ten minutes: wait until it is done, or end it (SELECT pid FROM pg_locks WHERE locktype = 'advisory';), and run this again.";
    }
    if (first.contains("non-empty schema")) {
      return "The database holds something else than Punctual's tables, and no migration history: give Punctual a database, or a schema, of its own.";
    }
    var advice = advice(sqlState(cause).orElse(""), first);
    return advice.isEmpty() ? first : first.replaceFirst("[.]+$", "") + ". " + advice;
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

  /** The codes and classes of PostgreSQL's errors that a person can do something about. */
  private static String advice(String state, String said) {
    return switch (state) {
      case "42501" ->
          said.contains("for schema")
              ? "Run this as the owner of the database, or GRANT USAGE, CREATE ON SCHEMA to this role."
              : "Run this as the owner of the tables.";
      case "55P03" ->
          "The lock could not be had for ten minutes: end the long transactions (docs/MIGRATIONS.md) and run this again.";
      case "08001", "28P01", "28000", "3D000" -> "Check --url, --user and --password.";
      case "42P07", "42710", "42723", "42701" ->
          "Something that a migration makes is there already: rename or drop it and run this again.";
      case "53300" -> "The server has no connection left: free one and run this again.";
      case "53100" -> "The server's disk is full: make room and run this again.";
      case "25006" -> "This server takes no writes: give the --url of the primary.";
      case "57014" ->
          "Somebody, or a timeout of the server, has cancelled the statement: run this again, it continues from there.";
      case "57P03" -> "Try again in a moment.";
      default -> adviceOnClass(state);
    };
  }

  private static String adviceOnClass(String state) {
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
