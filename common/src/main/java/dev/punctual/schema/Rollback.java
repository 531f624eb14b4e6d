package dev.punctual.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the newest versions back, the last one first, each in a transaction of its own together
 * with its line in Flyway's history, where PostgreSQL allows. What was cut off is continued by the
 * same call.
 */
final class Rollback {

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final History history;
  private final TransactionTemplate transaction;

  Rollback(DataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbc = JdbcClient.create(dataSource);
    this.history = new History(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /**
   * The scripts to run, in order, to stand at {@code target}.
   *
   * @throws SchemaException if the way down is not there, or a migration was cut off on the way up
   */
  List<Undo> plan(MigrationVersion target) {
    refuseHalfApplied();
    var foundation = history.baseline().orElse(Chain.FOUNDATION);
    if (target.compareTo(foundation) < 0) {
      throw new SchemaException(
          "Version %s is below %s, on which this database stands: what was there before is not undone. Restore a backup instead."
              .formatted(target, foundation));
    }
    var undos = new ArrayList<Undo>();
    for (var version : history.applied().descendingSet()) {
      if (version.compareTo(target) > 0) {
        undos.add(
            Chain.undo(version)
                .orElseThrow(
                    () ->
                        new SchemaException(
                            "This program has no undo of version %s: run the one that applied it."
                                .formatted(version))));
      }
    }
    return undos;
  }

  /** What the scripts would lose now: only what there is any of, with how many. */
  Map<Undo.Loss, Long> losses(List<Undo> undos) {
    var counts = new LinkedHashMap<Undo.Loss, Long>();
    undos.stream()
        .flatMap(undo -> undo.losses().stream())
        .forEach(l -> counts.put(l, l.count(jdbc)));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /**
   * Undoes the version at which the database stands; to be called under the {@link SchemaLock}.
   *
   * @throws SchemaException also if it stands at another version
   */
  void run(Undo undo) {
    LockPatience.run("The undo of version " + undo.version(), attempt(undo));
  }

  private Callable<Boolean> attempt(Undo undo) {
    return () -> {
      if (undo.inTransaction()) {
        transaction.executeWithoutResult(
            status -> {
              history.forbidChanges();
              refuseUnlessNewest(undo.version());
              history.remove(undo.version());
              new JdbcTemplate(dataSource)
                  .execute("SET LOCAL statement_timeout = 0; " + undo.script());
            });
      } else {
        refuseUnlessNewest(undo.version());
        var script = "SET statement_timeout = 0;\n" + undo.script();
        new ResourceDatabasePopulator(new ByteArrayResource(script.getBytes(UTF_8)))
            .execute(dataSource);
        history.remove(undo.version());
      }
      return true;
    };
  }

  private void refuseUnlessNewest(MigrationVersion version) {
    var current = history.current();
    if (!current.equals(Optional.of(version))) {
      throw new SchemaException(
          "The database stands at version %s now, not at %s: somebody else has migrated it or rolled it back. Run \"schema info\", then \"schema rollback\" again."
              .formatted(current.map(MigrationVersion::getVersion).orElse("none"), version));
    }
  }

  /** What a migration that was cut off has made would stand in the way of the undos below it. */
  private void refuseHalfApplied() {
    var current = history.current();
    var next = current.map(Chain.versions()::higher);
    if (next.isEmpty()) {
      return;
    }
    var before = Catalog.expected(current.get()).objects();
    var live = Catalog.read(jdbc).objects();
    Catalog.expected(next.get()).objects().keySet().stream()
        .filter(key -> !before.containsKey(key) && live.containsKey(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new SchemaException(
                  "Version %1$s was begun and not finished: there is %2$s already. Run \"schema migrate --to %1$s\" first."
                      .formatted(next.get(), key));
            });
  }
}
