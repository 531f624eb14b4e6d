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
 * was never armed: without a timer it is amiss only on a template, which then never spawns again,
 * and nothing here ever sets a timer for it.
 */
final class TimerCheck {

  /** Where more timers than this are wrong, naming all of them helps nobody. */
  static final int MOST = 100;

  /** Active templates that were due and have neither fired nor a timer that will. */
  static final String STANDING_STILL =
      """
      FROM recurring_tasks
      WHERE is_active AND ended_at IS NULL
        AND next_due_at - make_interval(secs => lead_time_seconds) <= statement_timestamp()
        AND NOT EXISTS (SELECT FROM timers t WHERE t.kind = 'template' AND t.id = recurring_tasks.id)
        AND NOT EXISTS (SELECT FROM timers_parked p WHERE p.kind = 'template' AND p.id = recurring_tasks.id)
      """;

  private static final int BATCH = 1_000;

  private static final List<String> READS =
      List.of(
          "tasks.id",
          "tasks.is_complete",
          "tasks.remind_at",
          "tasks.reminders",
          "recurring_tasks.id",
          "recurring_tasks.is_active",
          "recurring_tasks.ended_at",
          "recurring_tasks.next_due_at",
          "recurring_tasks.lead_time_seconds",
          "timers.kind",
          "timers.id",
          "timers.slot",
          "timers.fire_at",
          "timers_parked.kind",
          "timers_parked.id",
          "owed_successors.task_id");

  private static final String OF_DELETED_TASKS =
      """
      UNION ALL
      SELECT kind, id, fire_at FROM timers JOIN owed_successors ON task_id = id WHERE kind = 'successor'
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final String reminders;
  private final String ofDeletedTasks;

  /** Prepares the check of a database that is as {@code expected}, as far as this reads it. */
  TimerCheck(DataSource dataSource, Catalog expected) {
    reminders = expected.column("tasks.reminders").isPresent() ? "tasks.reminders" : "NULL::jsonb";
    ofDeletedTasks = expected.hasTable("owed_successors") ? OF_DELETED_TASKS : "";
    jdbc = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /** The columns without which there is nothing to compare: missing, or of another type. */
  static List<String> missing(Catalog expected, Catalog live) {
    return READS.stream()
        .filter(column -> expected.column(column).isPresent())
        .filter(
            column ->
                !live.column(column)
                    .map(CatalogObject::type)
                    .equals(expected.column(column).map(CatalogObject::type)))
        .toList();
  }

  List<Difference> differences() {
    var differences = new ArrayList<Difference>();
    instants(null, Key.FIRST, MOST).stream()
        .map(TimerMismatch::difference)
        .forEach(differences::add);
    misplaced(MOST).stream().map(Placed::difference).forEach(differences::add);
    differences.addAll(standingStill());
    return differences;
  }

  /**
   * Sets, moves and deletes timers until each is what its column says, in its slot. What is due
   * already is not set: it has fired, or must not fire because of this. Under the lock of the task
   * or template, so that it gets along with running services.
   *
   * @return how many timers were mended
   */
  int mend() {
    int mended = 0;
    var wrong = instants(null, Key.FIRST, BATCH);
    while (!wrong.isEmpty()) {
      var ids = wrong.stream().map(TimerMismatch::id).toArray(String[]::new);
      mended += requireNonNull(transaction.execute(status -> mend(ids)));
      var last = wrong.get(wrong.size() - 1);
      wrong = instants(null, new Key(last.kind(), last.id()), BATCH);
    }
    for (var misplaced = misplaced(BATCH); !misplaced.isEmpty(); misplaced = misplaced(BATCH)) {
      mended += misplaced.stream().mapToInt(this::move).sum();
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
    return instants(ids, Key.FIRST, Integer.MAX_VALUE).stream().mapToInt(this::mend).sum();
  }

  private int mend(TimerMismatch wrong) {
    var sql =
        switch (wrong.remedy()) {
          case SET ->
              """
              INSERT INTO timers (kind, id, slot, fire_at) VALUES (:kind, :id, :slot, :should)
              ON CONFLICT DO NOTHING
              """;
          case MOVE -> "UPDATE timers SET fire_at = :should WHERE kind = :kind AND id = :id";
          case DELETE -> "DELETE FROM timers WHERE kind = :kind AND id = :id";
        };
    return jdbc.sql(sql)
        .param("kind", wrong.kind())
        .param("id", wrong.id())
        .param("slot", Slot.of(wrong.id()))
        .param("should", wrong.should())
        .update();
  }

  private int move(Placed timer) {
    return jdbc.sql("UPDATE timers SET slot = :slot WHERE kind = :kind AND id = :id")
        .param("slot", Slot.of(timer.id()))
        .param("kind", timer.kind())
        .param("id", timer.id())
        .update();
  }

  private List<TimerMismatch> instants(String @Nullable [] ids, Key after, int most) {
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
              -- A paused one owes what was due before its pause, until a worker comes round to it.
              SELECT kind, id, fire_at FROM timers JOIN recurring_tasks USING (id)
              WHERE kind = 'template' AND NOT is_active AND ended_at IS NULL AND fire_at <= statement_timestamp()
              UNION ALL
              SELECT kind, id, fire_at FROM timers JOIN tasks USING (id)
              WHERE kind = 'successor' AND is_complete
              %2$s
            )
            SELECT kind, id, owners.fire_at AS should, timers.fire_at AS is,
              coalesce(owners.fire_at > statement_timestamp(), false) AS in_future
            FROM owners FULL JOIN timers USING (kind, id)
            WHERE owners.fire_at IS DISTINCT FROM timers.fire_at
              AND (timers.fire_at IS NOT NULL OR owners.fire_at > statement_timestamp())
              AND (:ids::text[] IS NULL OR id = ANY(:ids))
              AND (kind, id) > (:afterKind, :afterId)
            ORDER BY kind, id LIMIT :most
            """
                .formatted(reminders, ofDeletedTasks))
        .param("ids", ids)
        .param("afterKind", after.kind())
        .param("afterId", after.id())
        .param("most", most)
        .query(TimerMismatch.class)
        .list();
  }

  /** Those in another slot than that of their id, which nobody looks into for them in time. */
  private List<Placed> misplaced(int most) {
    return requireNonNull(
        transaction.execute( // a cursor needs one
            status -> {
              try (var timers =
                  jdbc
                      .sql("SELECT kind, id, slot FROM timers")
                      .withFetchSize(5_000)
                      .query(Placed.class)
                      .stream()) {
                return timers
                    .filter(timer -> timer.slot() != Slot.of(timer.id()))
                    .limit(most)
                    .toList();
              }
            }));
  }

  private List<Difference> standingStill() {
    return jdbc
        .sql("SELECT id, next_due_at " + STANDING_STILL + " ORDER BY next_due_at, id LIMIT :most")
        .param("most", MOST)
        .query(Standing.class)
        .list()
        .stream()
        .map(Standing::difference)
        .toList();
  }

  /** Where a page of mismatches ends. */
  private record Key(String kind, String id) {
    static final Key FIRST = new Key("", "");
  }

  record Placed(String kind, String id, int slot) {

    Difference difference() {
      return new Difference(
          "timer " + kind + " " + id,
          "is in slot %d, should be in %d".formatted(slot, Slot.of(id)),
          "UPDATE timers SET slot = %d WHERE kind = %s AND id = %s;"
              .formatted(Slot.of(id), Sql.literal(kind), Sql.literal(id)));
    }
  }

  record Standing(String id, OffsetDateTime nextDueAt) {

    Difference difference() {
      return new Difference(
          "template " + id,
          "is active and was due at %s, but no timer will spawn it".formatted(nextDueAt),
          "Pause and resume it: POST /api/recurring-tasks/%1$s/pause, then …/resume."
              .formatted(id));
    }
  }
}
