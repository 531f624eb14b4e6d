package dev.punctual.timer;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/** Whose fault a failed batch is, and so what to do about it. */
enum Failure {
  /**
   * The database is away or cannot be worked with (down, read-only after a failover), or this
   * process is at its end: nothing is the timers' fault, so all wait.
   */
  SURROUNDINGS,
  /**
   * Memory or space ran out, here or in the database: fewer timers at once may do. If one alone is
   * too many, it is not its fault, and all wait.
   */
  RESOURCES,
  /**
   * Not the schema that this program knows, or corrupted data: of the whole database, or of what
   * one timer needs. It is a timer's fault if others fire meanwhile.
   */
  DOUBTFUL,
  /** A lock was not to be had, or a deadlock: the timer that met it tries again. */
  CONTENTION,
  /** The effects of a timer in the batch cannot be written. */
  TIMER;

  static Failure of(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return RESOURCES;
    }
    // A stack is a handler's own.
    if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
      return SURROUNDINGS;
    }
    if (failure instanceof CannotGetJdbcConnectionException
        || failure instanceof CannotCreateTransactionException) {
      return SURROUNDINGS;
    }
    var state = sqlState(failure);
    if (state == null) {
      return failure instanceof TransactionException ? SURROUNDINGS : TIMER;
    }
    // Classes of PostgreSQL's error codes (manual, appendix A): 40 transaction rollback, 55 object
    // not in prerequisite state (a lock timeout), 57014 a cancelled statement.
    if (state.startsWith("40")
        || state.startsWith("55")
        || state.equals("57014")
        || failure instanceof TransientDataAccessException) {
      return CONTENTION;
    }
    // 08 connection, 25 transaction state (read-only), 28 not allowed, 57 operator, 58 system;
    // 53 resources; 42 not allowed or not the schema, XX internal (XX001 is a corrupted page).
    return switch (state.substring(0, 2)) {
      case "08", "25", "28", "57", "58" -> SURROUNDINGS;
      case "53" -> RESOURCES;
      case "42", "XX" -> DOUBTFUL;
      default -> TIMER;
    };
  }

  private static @Nullable String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
