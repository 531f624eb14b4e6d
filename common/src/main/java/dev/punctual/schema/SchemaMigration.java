package dev.punctual.schema;

import java.time.Duration;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Brings a database to the schema that this program needs, or waits until somebody did.
 *
 * <p>Any number of processes may call either at the same time: one migrates, the others wait for
 * it. What was cut off half-way is continued by the next call.
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
   * @throws SchemaException if the database is newer than this program, an applied migration was
   *     edited, a statement failed or the locks could not be had; the message says what to do, and
   *     the same call continues from there
   */
  public static void migrate(DataSource dataSource) {
    migrate(dataSource, requiredVersion());
  }

  /** As {@link #migrate(DataSource)}, up to and including {@code target}. */
  public static void migrate(DataSource dataSource, String target) {
    var history = new History(dataSource);
    history.current().ifPresent(SchemaMigration::refuseNewer);
    var locksAreBusy =
        RetryPolicy.builder()
            .predicate(SchemaMigration::isLockTimeout)
            .maxRetries(Long.MAX_VALUE)
            .delay(Duration.ofMillis(200))
            .multiplier(1.5)
            .jitter(Duration.ofMillis(100))
            .maxDelay(Duration.ofSeconds(10))
            .timeout(Duration.ofMinutes(10))
            .build();
    retry(
        locksAreBusy,
        () -> {
          try {
            history.forgetFailures();
            return Chain.flyway(dataSource, target).migrate();
          } catch (FlywayException e) {
            history.forgetFailures();
            if (isLockTimeout(e)) {
              log.info(
                  "A migration gave up waiting for a lock, so that writes go on; trying again soon."
                      + " {}",
                  SchemaException.firstLine(e));
            }
            throw e;
          }
        });
  }

  /**
   * Returns as soon as the database stands at the version that this program needs, or above it;
   * until then says in the log what it waits for. Waits for a database that cannot be reached, too.
   */
  public static void awaitRequiredVersion(DataSource dataSource) {
    var history = new History(dataSource);
    var required = Chain.head();
    var untilItIsThere =
        RetryPolicy.builder()
            .includes(NotYet.class)
            .maxRetries(Long.MAX_VALUE)
            .delay(Duration.ofMillis(200))
            .multiplier(1.5)
            .maxDelay(Duration.ofSeconds(5))
            .build();
    retry(
        untilItIsThere,
        () -> {
          var standing = history.standing();
          if (!standing.reaches(required)) {
            log.info(
                "Waiting for schema version {}: {}. The task-service migrates when it starts; or"
                    + " run its command \"schema migrate\".",
                required,
                standing);
            throw new NotYet();
          }
          return standing;
        });
  }

  private static void refuseNewer(MigrationVersion current) {
    if (current.isNewerThan(Chain.head())) {
      throw new SchemaException(
          "The database stands at version %s, newer than the %s that this program knows. Run a newer program, or take the database back with the newer program's \"schema rollback --to %s\"."
              .formatted(current, Chain.head(), Chain.head()));
    }
  }

  private static <T> void retry(RetryPolicy policy, Callable<T> attempt) {
    try {
      new RetryTemplate(policy).execute(attempt::call);
    } catch (RetryException e) {
      throw SchemaException.from(e.getCause());
    }
  }

  private static boolean isLockTimeout(Throwable e) {
    return SchemaException.sqlState(e).filter("55P03"::equals).isPresent();
  }

  private static final class NotYet extends RuntimeException {}
}
