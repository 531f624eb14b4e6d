package dev.punctual.schema;

import java.util.Map;
import javax.sql.DataSource;

/** {@code schema migrate}. */
final class MigrateCommand implements Subcommand {

  @Override
  public int run(DataSource dataSource, Arguments arguments, Terminal terminal) {
    var target = arguments.value("to").map(Chain::version).orElseGet(Chain::head);
    var current = new History(dataSource).current();
    if (current.filter(v -> v.compareTo(target) > 0 && !v.isNewerThan(Chain.head())).isPresent()) {
      throw new SchemaException(
          "The database stands at %s already. To go down to %s, run \"schema rollback --to %s\"."
              .formatted(current.get(), target, target));
    }
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
