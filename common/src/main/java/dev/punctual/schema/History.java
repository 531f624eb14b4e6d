package dev.punctual.schema;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Flyway's table of what was applied. */
class History {

  static final String TABLE = "flyway_schema_history";

  private final JdbcClient jdbc;

  History(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
  }

  boolean exists() {
    return jdbc.sql("SELECT to_regclass('flyway_schema_history') IS NOT NULL")
        .query(Boolean.class)
        .single();
  }

  /** The versions that were applied, the baseline among them. */
  NavigableSet<MigrationVersion> applied() {
    return versions("success");
  }

  /** The highest version that was applied, if any. */
  Optional<MigrationVersion> current() {
    return applied().stream().reduce((lower, higher) -> higher);
  }

  /** Where an adopted database stood when it was adopted. */
  Optional<MigrationVersion> baseline() {
    return versions("success AND type = 'BASELINE'").stream().findFirst();
  }

  /**
   * As {@link #current}, for those who wait: a database that cannot be reached stands somewhere
   * too.
   */
  Standing standing() {
    try {
      return current()
          .map(version -> new Standing(Optional.of(version), "the database stands at " + version))
          .orElseGet(() -> new Standing(Optional.empty(), "the database has no schema yet"));
    } catch (DataAccessException e) {
      var why = "the database cannot be reached (%s)".formatted(SchemaException.firstLine(e));
      return new Standing(Optional.empty(), why);
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

  /** Until the end of this transaction nobody else records a migration. */
  void forbidChanges() {
    jdbc.sql("LOCK TABLE flyway_schema_history IN SHARE ROW EXCLUSIVE MODE").update();
  }

  void remove(MigrationVersion version) {
    var removed =
        jdbc.sql(
                "DELETE FROM flyway_schema_history WHERE version = :version AND type <> 'BASELINE'")
            .param("version", version.getVersion())
            .update();
    if (removed != 1) {
      throw new SchemaException(
          "Version %s is no longer in the history: somebody else is migrating this database."
              .formatted(version));
    }
  }

  private NavigableSet<MigrationVersion> versions(String condition) {
    if (!exists()) {
      return new TreeSet<>();
    }
    return jdbc
        .sql("SELECT version FROM flyway_schema_history WHERE version IS NOT NULL AND " + condition)
        .query(String.class)
        .list()
        .stream()
        .map(MigrationVersion::fromVersion)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Where the database stands, as a version and in words. */
  record Standing(Optional<MigrationVersion> version, String words) {
    @Override
    public String toString() {
      return words;
    }
  }
}
