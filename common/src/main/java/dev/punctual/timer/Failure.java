package dev.punctual.timer;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionException;

/** Whose fault a failed batch is, and so what to do about it. */
enum Failure {
  /**
   * The database is away or cannot be worked with (down, read-only after a failover, out of space,
   * not the schema that this program knows), or this process is at its end: nothing is the timers'
   * fault, so all wait.
   */
  SURROUNDINGS,
  /** A lock was not to be had, or a deadlock: the timer that met it tries again. */
  CONTENTION,
  /** The effects of a timer in the batch cannot be written. */
  TIMER;

  static Failure of(Throwable failure) {
    // Out of memory: whatever is tried next, it is not this timer. A stack is a handler's own.
    if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
      return SURROUNDINGS;
    }
    var state = sqlState(failure);
    if (state == null) {
      return failure instanceof CannotGetJdbcConnectionException
              || failure instanceof TransactionException
          ? SURROUNDINGS
          : TIMER;
    }
    // Classes of PostgreSQL's error codes (manual, appendix A): 40 transaction rollback, 55 object
    // not in prerequisite state (a lock timeout), 57014 a cancelled statement.
    if (state.startsWith("40")
        || state.startsWith("55")
        || state.equals("57014")
        || failure instanceof TransientDataAccessException) {
      return CONTENTION;
    }
    // 08 connection, 25 transaction state (read-only), 28 and 42 not allowed or not the schema,
    // 53 resources, 57 operator, 58 system, XX internal.
    return switch (state.substring(0, 2)) {
      case "08", "25", "28", "42", "53", "57", "58", "XX" -> SURROUNDINGS;
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
