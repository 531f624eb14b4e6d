package dev.punctual.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * A relay's session in the database: it holds the lock of the active relay, and carries the
 * wake-ups.
 *
 * <p>The server ends a session that is silent for two seconds, so a frozen process loses the lock
 * as a killed one does. Nothing here waits inside a lock or a transaction, so vacuum and concurrent
 * index builds go on undisturbed.
 */
final class RelaySession implements AutoCloseable {

  /** The key of the advisory lock: "punctual" in ASCII, read as a number. */
  static final long LOCK = 0x70756e637475616cL;

  /** Tells an operator which process a relay's session belongs to. */
  static final String APPLICATION_NAME = "punctual-relay " + ProcessHandle.current().pid();

  private final Connection connection;
  private long lastPing = System.nanoTime();

  private RelaySession(Connection connection) {
    this.connection = connection;
  }

  /** Opens a session of its own; the data source must not hand out pooled connections. */
  static RelaySession open(DataSource unpooled) throws SQLException {
    var session = new RelaySession(unpooled.getConnection());
    try {
      session.execute("SET application_name = '" + APPLICATION_NAME + "'");
      session.execute("SET idle_session_timeout = '2s'");
      return session;
    } catch (SQLException e) {
      try (session) {
        throw e;
      }
    }
  }

  /** Takes the lock if it is free, and then hears the wake-ups; never waits. */
  boolean tryLead() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
      if (!row.next() || !row.getBoolean(1)) {
        return false;
      }
    }
    execute("LISTEN punctual_outbox");
    return true;
  }

  /**
   * Passes a wake-up to the active relay, from outside any business transaction: a NOTIFY inside
   * serialises all commits.
   */
  void wakeLeader() throws SQLException {
    execute("NOTIFY punctual_outbox");
  }

  /**
   * Waits for a wake-up, and shows the server that this process lives: also when wake-ups never
   * cease, since hearing them sends nothing.
   */
  boolean awaitWakeup(Duration atMost) throws SQLException {
    var heard = connection.unwrap(PGConnection.class).getNotifications((int) atMost.toMillis());
    if (System.nanoTime() - lastPing >= atMost.toNanos()) {
      execute("SELECT 1");
      lastPing = System.nanoTime();
    }
    return heard != null && heard.length > 0;
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
