package dev.punctual.outbox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * A relay's session in the database: it holds the lock of the active relay, and carries the
 * wake-ups. The active relay has two more, {@linkplain #openFor for its work}.
 *
 * <p>The server ends a session that is silent for two seconds, so a frozen process loses the lock
 * as a killed one does. Nothing here waits inside a lock or a transaction, so vacuum and concurrent
 * index builds go on undisturbed.
 */
final class RelaySession implements AutoCloseable {

  /** The key of the advisory lock: "punctual" in ASCII, read as a number. */
  static final long LOCK = 0x70756e637475616cL;

  /** The key of the lock that an active relay shares once it has worked. */
  private static final long WORKS = LOCK + 1;

  private static final String HOST = host();

  private final Connection connection;
  private long lastPing = System.nanoTime();

  private RelaySession(Connection connection) {
    this.connection = connection;
  }

  /** Opens a session of its own; the data source must not hand out pooled connections. */
  static RelaySession open(DataSource unpooled) throws SQLException {
    var session = new RelaySession(unpooled.getConnection());
    try {
      name(session.connection, "punctual-relay");
      session.execute("SET idle_session_timeout = '2s'");
      return session;
    } catch (SQLException e) {
      try (session) {
        throw e;
      }
    }
  }

  /**
   * Opens a connection on which the active relay reads or deletes. What it writes is on disk when
   * the statement ends, whatever the server's default.
   */
  static Connection openFor(String what, DataSource unpooled) throws SQLException {
    var connection = unpooled.getConnection();
    try {
      name(connection, "punctual-relay-" + what);
      execute(
          connection,
          """
          SELECT set_config('synchronous_commit', 'on', false)
          WHERE current_setting('synchronous_commit') = 'off'
          """);
      return connection;
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  /** Tells an operator what a session is for, and of which process on which host it is. */
  private static void name(Connection connection, String what) throws SQLException {
    var process = "%s %d %s".formatted(what, ProcessHandle.current().pid(), HOST);
    try (var statement =
        connection.prepareStatement("SELECT set_config('application_name', ?, false)")) {
      statement.setString(1, process);
      statement.execute();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "?";
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
   * Lets the others see that the active relay works, as long as its connection lives. The lock
   * alone does not say so: whoever fails keeps it until Kafka has been given up.
   */
  static void tellThatItWorks(Connection ofTheActiveRelay) throws SQLException {
    execute(ofTheActiveRelay, "SELECT pg_advisory_lock_shared(" + WORKS + ")");
  }

  /** Whether another process's relay is active and has worked. */
  boolean anotherWorks() throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT EXISTS (
                  SELECT FROM pg_locks
                  WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted
                    AND classid::bigint << 32 | objid::bigint = %d
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                """
                    .formatted(WORKS))) {
      return row.next() && row.getBoolean(1);
    }
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
    execute(connection, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
