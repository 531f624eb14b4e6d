package dev.punctual.schema;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Lets only one migration, rollback or adoption at a time work on a database. The lock belongs to a
 * session of its own, so it is gone when its holder is, however that ends.
 */
final class SchemaLock {

  /** The key of the advisory lock: "puncschm" in ASCII, read as a number. */
  static final long KEY = 0x70756e637363686dL;

  private static final Logger log = LoggerFactory.getLogger(SchemaLock.class);

  private SchemaLock() {}

  /** Does the work as soon as nobody else holds the lock; until then says who does. */
  static <T> T holding(DataSource dataSource, Supplier<T> work) {
    try (var connection = dataSource.getConnection()) {
      var session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      session.sql("SET idle_session_timeout = 0").update();
      // Polled: a session that waits inside pg_advisory_lock() blocks every concurrent index build.
      Polling.until(() -> taken(session));
      try {
        return work.get();
      } finally {
        release(session);
      }
    } catch (SQLException e) {
      throw SchemaException.from(e);
    }
  }

  private static Optional<Boolean> taken(JdbcClient session) {
    boolean taken =
        session
            .sql("SELECT pg_try_advisory_lock(:key)")
            .param("key", KEY)
            .query(Boolean.class)
            .single();
    if (taken) {
      return Optional.of(true);
    }
    log.info("Waiting until {} has migrated this database or rolled it back", holder(session));
    return Optional.empty();
  }

  private static String holder(JdbcClient session) {
    return session
        .sql(
            """
            SELECT format('session %s (%s)', pid, coalesce(nullif(application_name, ''), 'unnamed'))
            FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND classid::bigint = :key >> 32 AND objid::bigint = :key & 4294967295 AND objsubid = 1
            """)
        .param("key", KEY)
        .query(String.class)
        .optional()
        .orElse("another session");
  }

  private static void release(JdbcClient session) {
    try {
      session
          .sql("SELECT pg_advisory_unlock(:key)")
          .param("key", KEY)
          .query(Boolean.class)
          .single();
      session.sql("RESET idle_session_timeout").update();
    } catch (DataAccessException e) {
      log.debug("The session is gone, and the lock with it", e);
    }
  }
}
