package dev.punctual.outbox;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Keeps the active relay's session alive on a thread of its own, and hears the wake-ups of other
 * processes on it.
 */
final class RelayKeeper implements AutoCloseable {

  private static final Duration PING_EVERY = Duration.ofMillis(500);

  private final RelaySession session;
  private final Wakeup wakeup;
  private volatile boolean holdsTheLock = true;

  private RelayKeeper(RelaySession session, Wakeup wakeup) {
    this.session = session;
    this.wakeup = wakeup;
  }

  static RelayKeeper start(RelaySession session, Wakeup wakeup) {
    var keeper = new RelayKeeper(session, wakeup);
    var thread = new Thread(keeper::run, "outbox-relay-keeper");
    thread.setDaemon(true);
    thread.start();
    return keeper;
  }

  private void run() {
    try {
      while (holdsTheLock) {
        if (session.awaitWakeup(PING_EVERY)) {
          wakeup.raise();
        }
      }
    } catch (SQLException e) {
      // Closed by us, ended by the server after a freeze, or the server is gone: in each case the
      // lock is, too.
      holdsTheLock = false;
      wakeup.raise();
    }
  }

  boolean holdsTheLock() {
    return holdsTheLock;
  }

  /** Gives the lock back at once, by closing the session. */
  @Override
  public void close() throws SQLException {
    holdsTheLock = false;
    session.close();
  }
}
