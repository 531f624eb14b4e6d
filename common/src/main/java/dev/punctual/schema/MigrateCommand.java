package dev.punctual.schema;

import java.util.Map;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code schema migrate}. */
final class MigrateCommand implements Subcommand {

  @Override
  public Set<String> options() {
    return Set.of("to");
  }

  @Override
  public int run(PGSimpleDataSource dataSource, Arguments arguments, Terminal terminal) {
    var target = arguments.value("to").map(Chain::version).orElseGet(Chain::head);
    var result = SchemaMigration.apply(dataSource, target.getVersion());
    if (arguments.has("json")) {
      terminal.json(
          Map.of(
              "version", target.getVersion(),
              "applied", result.migrations.stream().map(m -> m.version).toList()));
      return 0;
    }
    result.migrations.forEach(
        m ->
            terminal.say("%4s  %-28s %6d ms".formatted(m.version, m.description, m.executionTime)));
    terminal.say(
        result.migrations.isEmpty()
            ? "Nothing to do: the database stands at version %s.".formatted(target)
            : "The database stands at version %s now.".formatted(target));
    return 0;
  }
}
