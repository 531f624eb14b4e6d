package dev.punctual.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * with its line in Flyway's history. What was cut off is continued by the same call.
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
   * @throws SchemaException if the way down is not there
   */
  List<Undo> plan(MigrationVersion target) {
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

  void run(Undo undo) {
    LockPatience.run("The undo of version " + undo.version(), attempt(undo));
  }

  private Callable<Boolean> attempt(Undo undo) {
    return () -> {
      if (undo.inTransaction()) {
        transaction.executeWithoutResult(
            status -> {
              history.forbidChanges();
              new JdbcTemplate(dataSource).execute(undo.script());
              history.remove(undo.version());
            });
      } else {
        new ResourceDatabasePopulator(new ByteArrayResource(undo.script().getBytes(UTF_8)))
            .execute(dataSource);
        history.remove(undo.version());
      }
      return true;
    };
  }
}
