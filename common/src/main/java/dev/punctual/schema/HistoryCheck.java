package dev.punctual.schema;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Compares Flyway's history with the migrations of this program. */
final class HistoryCheck {

  /** Where the next migration goes on. */
  private static final Set<MigrationState> GO_ON =
      EnumSet.of(
          MigrationState.PENDING,
          MigrationState.FAILED,
          MigrationState.MISSING_FAILED,
          MigrationState.FUTURE_FAILED);

  private HistoryCheck() {}

  static List<Difference> differences(DataSource dataSource) {
    return reported(dataSource, info -> true);
  }

  /** The differences that make it unsafe to go on; what is pending or failed is not among them. */
  static List<Difference> contradictions(DataSource dataSource) {
    return reported(dataSource, info -> !GO_ON.contains(info.getState()));
  }

  private static List<Difference> reported(
      DataSource dataSource, Predicate<MigrationInfo> interesting) {
    return all(dataSource)
        .filter(interesting)
        .flatMap(
            info ->
                Stream.of(edited(info), misplaced(info))
                    .flatMap(Optional::stream)
                    .map(why -> why.about(info)))
        .toList();
  }

  private static Stream<MigrationInfo> all(DataSource dataSource) {
    return Arrays.stream(Chain.flyway(dataSource, Chain.head().getVersion()).info().all());
  }

  private static Optional<Why> edited(MigrationInfo info) {
    if (!info.getState().isApplied() || !info.getState().isResolved() || isBaseline(info)) {
      return Optional.empty();
    }
    if (!info.isDescriptionMatching() || !info.isTypeMatching()) {
      return Optional.of(
          new Why(
              "is another migration than the one applied (\"%s\")"
                  .formatted(info.getAppliedDescription()),
              "Run the program that migrated this database."));
    }
    if (!info.isChecksumMatching()) {
      return Optional.of(
          new Why(
              "was edited after it was applied (checksum %s then, %s now)"
                  .formatted(info.getAppliedChecksum(), info.getResolvedChecksum()),
              "Run the program that has it unedited; if both made the same, UPDATE flyway_schema_history SET checksum = %s WHERE version = '%s';"
                  .formatted(info.getResolvedChecksum(), info.getVersion())));
    }
    return Optional.empty();
  }

  private static Optional<Why> misplaced(MigrationInfo info) {
    var migrate = "Run \"schema migrate\".";
    return switch (info.getState()) {
      case PENDING -> Optional.of(new Why("is not applied yet", migrate));
      case FAILED, MISSING_FAILED, FUTURE_FAILED ->
          Optional.of(new Why("failed half-way", "Run \"schema migrate\" again."));
      case IGNORED ->
          Optional.of(
              new Why(
                  "is not in the history, although later ones are",
                  "If what it makes is there, restore its line from a backup of flyway_schema_history; else roll back to before it and migrate."));
      case FUTURE_SUCCESS ->
          Optional.of(
              new Why("is applied, but this program does not have it", "Run a newer program."));
      case MISSING_SUCCESS ->
          Optional.of(
              new Why(
                  "is applied, but this program does not have it",
                  "Run the program that migrated this database."));
      default -> Optional.empty();
    };
  }

  private static boolean isBaseline(MigrationInfo info) {
    return info.getState() == MigrationState.BASELINE;
  }

  private static String name(MigrationInfo info) {
    return info.getVersion() + " " + info.getDescription();
  }

  private record Why(String problem, String remedy) {
    Difference about(MigrationInfo info) {
      return new Difference("history " + name(info), problem, remedy);
    }
  }
}
