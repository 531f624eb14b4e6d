package dev.punctual.schema;

import static java.util.Objects.requireNonNull;

import dev.punctual.id.Slot;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares the timers with the columns that they stand for. What is due already may have fired or
 * was never armed, so only a future instant without a timer is amiss.
 */
final class TimerCheck {

  /** Where more timers than this are wrong, naming all of them helps nobody. */
  static final int MOST = 100;

  private static final int BATCH = 1_000;

  private static final String OF_DELETED_TASKS =
      """
      UNION ALL
      SELECT kind, id, fire_at FROM timers JOIN owed_successors ON task_id = id WHERE kind = 'successor'
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final String reminders;
  private final String ofDeletedTasks;

  /**
   * Prepares the check.
   *
   * @param severalReminders whether the schema knows of them
   * @param owes whether the schema has {@code owed_successors}
   */
  TimerCheck(DataSource dataSource, boolean severalReminders, boolean owes) {
    reminders = severalReminders ? "tasks.reminders" : "NULL::jsonb";
    ofDeletedTasks = owes ? OF_DELETED_TASKS : "";
    jdbc = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  List<Difference> differences() {
    var differences = new ArrayList<Difference>();
    instants(null, MOST).stream().map(Mismatch::difference).forEach(differences::add);
    transaction.executeWithoutResult(status -> differences.addAll(slots()));
    return differences;
  }

  /**
   * Sets, moves and deletes timers until each is what its column says. What is due already is left
   * alone: it has fired, or must not fire because of this.
   *
   * @return how many timers were mended
   */
  int mend() {
    int mended = 0;
    for (var wrong = instants(null, BATCH); !wrong.isEmpty(); wrong = instants(null, BATCH)) {
      var ids = wrong.stream().map(Mismatch::id).toArray(String[]::new);
      int some = requireNonNull(transaction.execute(status -> mend(ids)));
      if (some == 0) {
        break; // Somebody else has mended the rest, or it became due.
      }
      mended += some;
    }
    return mended;
  }

  private int mend(String[] ids) {
    for (var table : List.of("tasks", "recurring_tasks")) {
      jdbc.sql(
              "SELECT id FROM %s WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE"
                  .formatted(table))
          .param("ids", ids)
          .query(String.class)
          .list();
    }
    // Compared again: no writer of these changes them any more.
    var wrong = instants(ids, BATCH);
    wrong.forEach(mismatch -> jdbc.sql(mismatch.difference().remedy()).update());
    return wrong.size();
  }

  private List<Mismatch> instants(String @Nullable [] ids, int most) {
    return jdbc.sql(
            """
            WITH owners AS (
              SELECT 'reminder' AS kind, id, remind_at AS fire_at FROM tasks
              WHERE remind_at IS NOT NULL AND NOT is_complete AND %1$s IS NULL
              UNION ALL
              -- Of several the next, unless one that is due has not fired yet.
              SELECT 'reminder', id, coalesce(
                (SELECT t.fire_at FROM timers t
                 WHERE t.kind = 'reminder' AND t.id = tasks.id AND t.fire_at <= statement_timestamp()
                   AND t.fire_at IN (SELECT (r ->> 'at')::timestamptz FROM jsonb_array_elements(%1$s) r)),
                (SELECT min((r ->> 'at')::timestamptz) FROM jsonb_array_elements(%1$s) r
                 WHERE (r ->> 'at')::timestamptz > statement_timestamp()),
                remind_at)
              FROM tasks WHERE %1$s IS NOT NULL AND NOT is_complete
              UNION ALL
              SELECT 'template', id, next_due_at - make_interval(secs => lead_time_seconds)
              FROM recurring_tasks WHERE is_active AND ended_at IS NULL
              UNION ALL
              SELECT kind, id, fire_at FROM timers JOIN tasks USING (id)
              WHERE kind = 'successor' AND is_complete
              %2$s
            )
            SELECT kind, id, owners.fire_at AS should, timers.fire_at AS is
            FROM owners FULL JOIN timers USING (kind, id)
            WHERE owners.fire_at IS DISTINCT FROM timers.fire_at
              AND (timers.fire_at IS NOT NULL OR owners.fire_at > statement_timestamp())
              AND (:ids::text[] IS NULL OR id = ANY(:ids))
            ORDER BY kind, id LIMIT :most
            """
                .formatted(reminders, ofDeletedTasks))
        .param("ids", ids)
        .param("most", most)
        .query(Mismatch.class)
        .list();
  }

  private List<Difference> slots() {
    try (var timers =
        jdbc
            .sql("SELECT kind, id, slot FROM timers")
            .withFetchSize(5_000)
            .query(Placed.class)
            .stream()) {
      return timers
          .filter(timer -> timer.slot() != Slot.of(timer.id()))
          .limit(MOST)
          .map(Placed::difference)
          .toList();
    }
  }

  record Mismatch(
      String kind, String id, @Nullable OffsetDateTime should, @Nullable OffsetDateTime is) {

    Difference difference() {
      var what = "timer " + kind + " " + id;
      if (is == null) {
        return new Difference(
            what,
            "is missing, it is due at " + should,
            "INSERT INTO timers (kind, id, slot, fire_at) VALUES ('%s', '%s', %d, '%s');"
                .formatted(kind, id, Slot.of(id), should));
      }
      if (should == null) {
        return new Difference(
            what,
            "has nothing that it stands for",
            "DELETE FROM timers WHERE kind = '%s' AND id = '%s';".formatted(kind, id));
      }
      return new Difference(
          what,
          "is set to %s, should be %s".formatted(is, should),
          "UPDATE timers SET fire_at = '%s' WHERE kind = '%s' AND id = '%s';"
              .formatted(should, kind, id));
    }
  }

  record Placed(String kind, String id, int slot) {

    Difference difference() {
      return new Difference(
          "timer " + kind + " " + id,
          "is in slot %d, should be in %d".formatted(slot, Slot.of(id)),
          "UPDATE timers SET slot = %d WHERE kind = '%s' AND id = '%s';"
              .formatted(Slot.of(id), kind, id));
    }
  }
}
