package dev.punctual.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database compared with what the chain makes of it, at the version where it stands.
 *
 * @param differences in the history, the catalog and the timers; none if all is well
 */
record Verification(MigrationVersion version, int objects, List<Difference> differences) {

  private static final MigrationVersion SEVERAL_REMINDERS = MigrationVersion.fromVersion("26");

  /** Reads only. Running services do not disturb it, nor it them. */
  static Verification of(DataSource dataSource) {
    var history = new History(dataSource);
    var version = history.current().orElseThrow(() -> noHistory(dataSource));
    var differences = new ArrayList<>(HistoryCheck.differences(dataSource));
    var expected = Catalog.expected(version);
    var live = Catalog.read(JdbcClient.create(dataSource));
    differences.addAll(new CatalogComparison(expected, live).differences());
    // With a column missing there is nothing to compare the timers with.
    var complete = differences.stream().noneMatch(d -> d.what().startsWith("column"));
    if (complete) {
      timers(dataSource, history, live).map(TimerCheck::differences).ifPresent(differences::addAll);
    }
    return new Verification(version, expected.objects().size(), List.copyOf(differences));
  }

  /**
   * Mends the timers, nothing else.
   *
   * @return how many were wrong
   */
  static int mendTimers(DataSource dataSource) {
    var live = Catalog.read(JdbcClient.create(dataSource));
    return timers(dataSource, new History(dataSource), live)
        .orElseThrow(
            () ->
                new SchemaException(
                    "There are no timers before version %s. Run \"schema migrate\"."
                        .formatted(V24__arm_timers.VERSION)))
        .mend();
  }

  private static Optional<TimerCheck> timers(DataSource dataSource, History history, Catalog live) {
    var applied = history.applied();
    return applied.contains(V24__arm_timers.VERSION)
        ? Optional.of(
            new TimerCheck(
                dataSource, applied.contains(SEVERAL_REMINDERS), live.hasTable("owed_successors")))
        : Optional.empty();
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
