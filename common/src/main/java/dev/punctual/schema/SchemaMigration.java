package dev.punctual.schema;

import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings a database to the schema that this program needs, or waits until somebody did.
 *
 * <p>Any number of processes may call either at the same time, and beside a rollback: one works,
 * the others wait for it and say so in their logs. What was cut off half-way is continued by the
 * next call.
 */
public final class SchemaMigration {

  private static final Logger log = LoggerFactory.getLogger(SchemaMigration.class);

  private SchemaMigration() {}

  /** The version of the newest migration in this program. */
  public static String requiredVersion() {
    return Chain.head().getVersion();
  }

  /**
   * Applies every migration that the database lacks. A lock that cannot be had at once is given up,
   * so that no write queues behind the migration, and asked for again with growing pauses, for ten
   * minutes in all.
   *
   * @throws SchemaException if the database is newer than this program, its history is not what
   *     this program would have written, a statement failed or the locks could not be had; the
   *     message says what to do, and the same call continues from there
   */
  public static void migrate(DataSource dataSource) {
    migrate(dataSource, requiredVersion());
  }

  /** As {@link #migrate(DataSource)}, up to and including {@code target}; never down to it. */
  public static void migrate(DataSource dataSource, String target) {
    apply(dataSource, target);
  }

  static MigrateResult apply(DataSource dataSource, String target) {
    return SchemaLock.holding(
        dataSource,
        () -> {
          var history = new History(dataSource);
          history.current().ifPresent(current -> refuseHigher(current, Chain.version(target)));
          refuseContradiction(dataSource, history);
          return LockPatience.run("The migration", () -> attempt(dataSource, target, history));
        });
  }

  private static MigrateResult attempt(DataSource dataSource, String target, History history) {
    history.forgetFailures();
    try {
      return Chain.flyway(dataSource, target).migrate();
    } catch (FlywayException e) {
      try {
        history.forgetFailures();
      } catch (DataAccessException lost) {
        e.addSuppressed(lost); // the next attempt forgets them, too
      }
      throw e;
    }
  }

  /**
   * Returns as soon as the database stands at the version that this program needs, or above it;
   * until then says in the log what it waits for. Waits for a database that cannot be reached, too.
   */
  public static void awaitRequiredVersion(DataSource dataSource) {
    var history = new History(dataSource);
    var required = Chain.head();
    Polling.until(() -> reached(history, required));
  }

  /**
   * As {@link #migrate(DataSource)}, after waiting for a server that cannot be reached yet or is
   * still starting; until then says so in the log.
   *
   * @throws SchemaException also if the server refuses the user or has no such database
   */
  public static void migrateWhenReachable(DataSource dataSource) {
    Polling.until(() -> reachable(dataSource));
    migrate(dataSource);
  }

  private static Optional<Boolean> reachable(DataSource dataSource) {
    try {
      dataSource.getConnection().close();
      return Optional.of(true);
    } catch (SQLException e) {
      if (!isPassing(e)) {
        throw SchemaException.from(e);
      }
      log.info("Waiting for the database: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** SQLSTATE class 08 (connection exception), and 57P03: PostgreSQL is starting up. */
  private static boolean isPassing(SQLException e) {
    var state = e.getSQLState();
    return state != null && (state.startsWith("08") || state.equals("57P03"));
  }

  private static Optional<MigrationVersion> reached(History history, MigrationVersion required) {
    var standing = history.standing();
    var reached = standing.version().filter(version -> version.compareTo(required) >= 0);
    if (reached.isEmpty()) {
      log.info(
          "Waiting for schema version {}: {}. The task-service migrates when it starts, as does its"
              + " command \"schema migrate\".",
          required,
          standing);
    }
    return reached;
  }

  private static void refuseHigher(MigrationVersion current, MigrationVersion target) {
    refuseNewer(current);
    if (current.isNewerThan(target)) {
      throw new SchemaException(
          "The database stands at %s already. To go down to %s, run \"schema rollback --to %s\"."
              .formatted(current, target, target));
    }
  }

  static void refuseNewer(MigrationVersion current) {
    if (current.isNewerThan(Chain.head())) {
      throw new SchemaException(
          "The database stands at version %1$s, newer than the %2$s that this program knows: run a newer program, or take the database back with that one's \"schema rollback --to %2$s\"."
              .formatted(current, Chain.head()));
    }
  }

  private static void refuseContradiction(DataSource dataSource, History history) {
    if (!history.exists() && Catalog.read(JdbcClient.create(dataSource)).hasTable("tasks")) {
      throw new SchemaException(
          "The database has tables but no migration history. If another tool made them, run \"schema adopt\" first.");
    }
    HistoryCheck.contradictions(dataSource).stream()
        .findFirst()
        .ifPresent(
            difference -> {
              throw new SchemaException(difference.toString());
            });
  }
}
