package dev.punctual.schema;

import dev.punctual.id.Slot;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the reminders of open tasks and the active templates that were there before V19 their
 * timers. In Java, because SQL alone cannot compute a slot. Arms only the future: what lies in the
 * past when this runs never fires because of an upgrade, an undo and redo, or an import; active
 * templates that this leaves standing still are counted in the log.
 *
 * <p>Locks: the rows of one batch at a time; gives up after 100 ms and is tried again. Undo:
 * U24__arm_timers.sql. What a run that was cut off has armed stays armed.
 */
final class V24__arm_timers extends BaseJavaMigration {

  static final MigrationVersion VERSION = MigrationVersion.fromVersion("24");

  private static final Logger log = LoggerFactory.getLogger(V24__arm_timers.class);

  private static final int BATCH = 1_000;

  private static final String REMINDERS =
      """
      SELECT id, remind_at AS instant, remind_at AS fire_at FROM tasks
      WHERE NOT is_complete AND remind_at > statement_timestamp()
        AND remind_at >= :instant AND (remind_at, id) > (:instant, :id)
      ORDER BY remind_at, id LIMIT :batch FOR NO KEY UPDATE
      """;

  private static final String TEMPLATES =
      """
      SELECT id, next_due_at AS instant,
        next_due_at - make_interval(secs => lead_time_seconds) AS fire_at
      FROM recurring_tasks
      WHERE is_active AND ended_at IS NULL AND next_due_at > statement_timestamp()
        AND next_due_at >= :instant AND (next_due_at, id) > (:instant, :id)
      ORDER BY next_due_at, id LIMIT :batch FOR NO KEY UPDATE
      """;

  @Override
  public boolean canExecuteInTransaction() {
    return false; // each batch is a transaction of its own
  }

  @Override
  public void migrate(Context context) {
    var connection = new SingleConnectionDataSource(context.getConnection(), true);
    var jdbc = JdbcClient.create(connection);
    var transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
    arm(jdbc, transaction, "reminder", REMINDERS);
    arm(jdbc, transaction, "template", TEMPLATES);
    long still =
        jdbc.sql("SELECT count(*) " + TimerCheck.STANDING_STILL).query(Long.class).single();
    if (still > 0) {
      log.warn(
          "{} active recurring tasks were due before now and spawn nothing until each is paused and"
              + " resumed. \"schema verify\" names them",
          still);
    }
  }

  private static void arm(
      JdbcClient jdbc, TransactionTemplate transaction, String kind, String nextBatch) {
    var epoch = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    var last = Optional.of(new Owner("", epoch, epoch));
    while (last.isPresent()) {
      var after = last.get();
      last =
          transaction.execute(
              status -> {
                jdbc.sql("SET LOCAL lock_timeout = '100ms'").update();
                var owners =
                    jdbc.sql(nextBatch)
                        .param("instant", after.instant())
                        .param("id", after.id())
                        .param("batch", BATCH)
                        .query(Owner.class)
                        .list();
                insert(jdbc, kind, owners);
                return owners.stream().reduce((first, second) -> second);
              });
    }
  }

  private static void insert(JdbcClient jdbc, String kind, List<Owner> owners) {
    jdbc.sql(
            """
            INSERT INTO timers (kind, id, slot, fire_at)
            SELECT :kind, * FROM unnest(:ids::text[], :slots::smallint[], :instants::timestamptz[])
            ON CONFLICT DO NOTHING
            """)
        .param("kind", kind)
        .param("ids", owners.stream().map(Owner::id).toArray(String[]::new))
        .param("slots", owners.stream().map(o -> (short) Slot.of(o.id())).toArray(Short[]::new))
        .param("instants", owners.stream().map(o -> o.fireAt().toString()).toArray(String[]::new))
        .update();
  }

  /** A task or template; the instant orders the batches, the timer fires at {@code fireAt}. */
  record Owner(String id, OffsetDateTime instant, OffsetDateTime fireAt) {}
}
