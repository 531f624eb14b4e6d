package dev.punctual.schema;

import java.util.Comparator;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Flyway's table of what was applied. */
class History {

  private final JdbcClient jdbc;

  History(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
  }

  /** The highest version that was applied, if any. */
  Optional<MigrationVersion> current() {
    if (!exists()) {
      return Optional.empty();
    }
    return jdbc
        .sql("SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL")
        .query(String.class)
        .stream()
        .map(MigrationVersion::fromVersion)
        .max(Comparator.naturalOrder());
  }

  /**
   * As {@link #current}, for those who wait: a database that cannot be reached is a standing too.
   */
  Standing standing() {
    try {
      return current().map(Standing::at).orElseGet(() -> Standing.none("it has no schema yet"));
    } catch (DataAccessException e) {
      return Standing.none("it cannot be reached (" + SchemaException.firstLine(e) + ")");
    }
  }

  /**
   * Removes the marks of migrations that failed: each of ours can simply run again, and Flyway
   * would refuse until the mark is gone.
   */
  void forgetFailures() {
    if (exists()) {
      jdbc.sql("DELETE FROM flyway_schema_history WHERE NOT success").update();
    }
  }

  private boolean exists() {
    return jdbc.sql("SELECT to_regclass('flyway_schema_history') IS NOT NULL")
        .query(Boolean.class)
        .single();
  }

  /** Where the database stands, in words and as a version. */
  record Standing(Optional<MigrationVersion> version, String words) {

    static Standing at(MigrationVersion version) {
      return new Standing(Optional.of(version), "the database stands at " + version);
    }

    static Standing none(String why) {
      return new Standing(Optional.empty(), "the database is not ready, " + why);
    }

    boolean reaches(MigrationVersion required) {
      return version.filter(v -> v.compareTo(required) >= 0).isPresent();
    }

    @Override
    public String toString() {
      return words;
    }
  }
}
