package dev.punctual.schema;

import static java.util.Locale.ROOT;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code schema info}. */
final class InfoCommand implements Subcommand {

  @Override
  public Set<String> options() {
    return Set.of();
  }

  @Override
  public int run(PGSimpleDataSource dataSource, Arguments arguments, Terminal terminal) {
    var head = Chain.head().getVersion();
    var current = new History(dataSource).current().map(MigrationVersion::getVersion);
    var lines = Arrays.stream(Chain.flyway(dataSource, head).info().all()).map(Line::of).toList();
    if (arguments.has("json")) {
      terminal.json(Map.of("current", current.orElse(""), "program", head, "migrations", lines));
      return 0;
    }
    terminal.say(
        "The database stands at %s, this program needs %s."
            .formatted(current.map(v -> "version " + v).orElse("no version yet"), head));
    lines.forEach(line -> terminal.say(line.toString()));
    return 0;
  }

  /** A migration and what became of it. */
  record Line(
      String version,
      String description,
      String state,
      @Nullable String applied,
      @Nullable Integer ms) {

    static Line of(MigrationInfo info) {
      var installed = info.getInstalledOn();
      return new Line(
          info.getVersion().getVersion(),
          info.getDescription(),
          info.getState().getDisplayName().toLowerCase(ROOT),
          installed == null ? null : installed.toInstant().toString(),
          info.getExecutionTime());
    }

    @Override
    public String toString() {
      var when = applied == null ? "" : "%s, %d ms".formatted(applied, ms);
      return "%4s  %-28s %-16s %s".formatted(version, description, state, when).stripTrailing();
    }
  }
}
