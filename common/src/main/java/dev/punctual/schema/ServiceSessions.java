package dev.punctual.schema;

import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The services that are connected to a database: each names its sessions with the schema version
 * that it needs, so that a rollback does not take the ground from under it.
 */
final class ServiceSessions {

  private static final String PREFIX = "punctual/";

  private ServiceSessions() {}

  /** The name of a service's sessions, as {@code pg_stat_activity} shows it. */
  static String name(String service) {
    return PREFIX + Chain.head() + " " + service;
  }

  /** The names of the connected services that cannot work with a database at {@code version}. */
  static List<String> needingMoreThan(MigrationVersion version, JdbcClient jdbc) {
    return jdbc
        .sql(
            """
            SELECT DISTINCT application_name FROM pg_stat_activity
            WHERE datname = current_database() AND starts_with(application_name, :prefix)
              AND pid <> pg_backend_pid()
            ORDER BY application_name
            """)
        .param("prefix", PREFIX)
        .query(String.class)
        .list()
        .stream()
        .filter(name -> needs(name).compareTo(version) > 0)
        .toList();
  }

  private static MigrationVersion needs(String name) {
    return MigrationVersion.fromVersion(name.substring(PREFIX.length()).split(" ", 2)[0]);
  }
}
