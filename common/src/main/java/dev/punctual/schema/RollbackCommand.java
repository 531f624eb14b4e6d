package dev.punctual.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code schema rollback}. */
final class RollbackCommand implements Subcommand {

  @Override
  public Set<String> options() {
    return Set.of("to", "yes", "force");
  }

  @Override
  public int run(PGSimpleDataSource dataSource, Arguments arguments, Terminal terminal) {
    var rollback = new Rollback(dataSource);
    var history = new History(dataSource);
    var target = arguments.value("to").map(Chain::version).orElseGet(() -> oneBelow(history));
    var undos = rollback.plan(target);
    if (undos.isEmpty()) {
      throw new SchemaException(
          "Nothing to undo: the database does not stand above version %s.".formatted(target));
    }
    Runnable refusal =
        () -> {
          if (!arguments.has("force")) {
            refuseWhileNeeded(target, JdbcClient.create(dataSource));
          }
        };
    refusal.run();
    var losses = rollback.losses(undos);
    var json = arguments.has("json");
    if (!json) {
      announce(undos, losses, terminal);
    }
    if (!arguments.has("yes")
        && (json || !terminal.confirms("Undo this in %s?".formatted(Target.name(dataSource))))) {
      terminal.complain("Nothing was undone. With --yes, nobody is asked.");
      return 1;
    }
    var undone = new ArrayList<String>();
    SchemaLock.holding(
        dataSource,
        () -> {
          refusal.run(); // Again: one may have started while the question stood.
          for (var undo : undos) {
            rollback.run(undo);
            undone.add(undo.version().getVersion());
            if (!json) {
              terminal.say("Undid version %s.".formatted(undo.version()));
            }
          }
          return undone;
        });
    if (json) {
      terminal.json(Map.of("version", target.getVersion(), "undone", undone, "lost", lost(losses)));
    } else {
      terminal.say("The database stands at version %s now.".formatted(target));
    }
    return 0;
  }

  private static MigrationVersion oneBelow(History history) {
    var applied = history.applied();
    if (applied.isEmpty()) {
      throw new SchemaException("Nothing to undo: the database has no migration history.");
    }
    var below = applied.lower(applied.last());
    if (below == null) {
      throw new SchemaException(
          "Nothing to undo: the database stands on version %s.".formatted(applied.last()));
    }
    return below;
  }

  private static void refuseWhileNeeded(MigrationVersion target, JdbcClient jdbc) {
    var services = ServiceSessions.needingMoreThan(target, jdbc);
    if (!services.isEmpty()) {
      throw new SchemaException(
          "Services that need the schema are connected: %s. Stop them, or use --force."
              .formatted(String.join(", ", services)));
    }
  }

  private static void announce(List<Undo> undos, Map<Undo.Loss, Long> losses, Terminal terminal) {
    terminal.say(
        "To undo, in this order: %s."
            .formatted(String.join(", ", undos.stream().map(u -> "" + u.version()).toList())));
    if (losses.isEmpty()) {
      terminal.say("No data is lost.");
    } else {
      terminal.say("This data is lost for good, unless you have a backup:");
      losses.forEach((loss, count) -> terminal.say("%,12d  %s".formatted(count, loss)));
    }
  }

  private static List<Map<String, Object>> lost(Map<Undo.Loss, Long> losses) {
    return losses.entrySet().stream()
        .map(e -> Map.<String, Object>of("what", e.getKey().toString(), "count", e.getValue()))
        .toList();
  }
}
