package dev.punctual.schema;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database compared with what the chain makes of it, at the version where it stands.
 *
 * @param differences in the history, the catalog and the timers; none if all is well
 * @param withoutTimers the columns for want of which the timers were not compared; none if they
 *     were, or there are none yet
 */
record Verification(
    MigrationVersion version,
    int objects,
    List<Difference> differences,
    List<String> withoutTimers) {

  /** Reads only. Running services do not disturb it, nor it them. */
  static Verification of(DataSource dataSource) {
    var history = new History(dataSource);
    var version = history.current().orElseThrow(() -> noHistory(dataSource));
    var differences = new ArrayList<>(HistoryCheck.differences(dataSource));
    var expected = Catalog.expected(version);
    var live = Catalog.read(JdbcClient.create(dataSource));
    differences.addAll(new CatalogComparison(expected, live).differences());
    var missing = hasTimers(history) ? TimerCheck.missing(expected, live) : List.<String>of();
    if (hasTimers(history) && missing.isEmpty()) {
      differences.addAll(new TimerCheck(dataSource, expected).differences());
    }
    return new Verification(version, expected.objects().size(), List.copyOf(differences), missing);
  }

  /**
   * Mends the timers, nothing else.
   *
   * @return how many were wrong
   */
  static int mendTimers(DataSource dataSource) {
    var history = new History(dataSource);
    var version = history.current().orElseThrow(() -> noHistory(dataSource));
    SchemaMigration.refuseNewer(version);
    if (!hasTimers(history)) {
      throw new SchemaException(
          "There are no timers before version %s. Run \"schema migrate\"."
              .formatted(V24__arm_timers.VERSION));
    }
    var expected = Catalog.expected(version);
    var missing = TimerCheck.missing(expected, Catalog.read(JdbcClient.create(dataSource)));
    if (!missing.isEmpty()) {
      throw new SchemaException(
          "The timers cannot be mended without %s: run \"schema verify\" and mend the schema first."
              .formatted(String.join(", ", missing)));
    }
    return new TimerCheck(dataSource, expected).mend();
  }

  private static boolean hasTimers(History history) {
    return history.applied().contains(V24__arm_timers.VERSION);
  }

  boolean isClean() {
    return differences.isEmpty();
  }

  private static SchemaException noHistory(DataSource dataSource) {
    var empty = Catalog.read(JdbcClient.create(dataSource)).objects().isEmpty();
    return new SchemaException(
        empty
            ? "The database is empty. Run \"schema migrate\"."
            : "The database has tables but no migration history. If another tool made them, run \"schema adopt\".");
  }
}
