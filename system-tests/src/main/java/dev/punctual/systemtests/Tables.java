package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows that the checkers compare with the topics. */
final class Tables {

  /**
   * The state is written as events write it, by SQL and not by what the services read rows with.
   */
  private static final Map<Subject, String> ROWS =
      Map.of(
          Subject.TASK,
          """
          SELECT t.id, t.version, to_jsonb(t) || jsonb_build_object(
            'tags', to_jsonb(ARRAY(SELECT x.tag_id FROM task_tags x WHERE x.task_id = t.id)),
            'reminders', CASE
              WHEN t.remind_at IS NULL THEN '[]'::jsonb
              WHEN t.reminders IS NULL THEN jsonb_build_array(jsonb_build_object('at', t.remind_at))
              ELSE (SELECT jsonb_agg(CASE WHEN jsonb_exists(r.value, 'before') THEN r.value - 'at' ELSE r.value END
                                     ORDER BY r.ordinality)
                    FROM jsonb_array_elements(t.reminders) WITH ORDINALITY AS r) END) AS state
          FROM tasks t
          """,
          Subject.TEMPLATE,
          """
          SELECT t.id, t.version, to_jsonb(t) || jsonb_build_object(
            'tags', to_jsonb(ARRAY(SELECT x.tag_id FROM recurring_task_tags x WHERE x.recurring_task_id = t.id)),
            'lead_time', 'PT' || t.lead_time_seconds || 'S',
            'remind_before', 'PT' || t.remind_before_seconds || 'S') AS state
          FROM recurring_tasks t
          """,
          Subject.TAG,
          "SELECT t.id, 0 AS version, to_jsonb(t) AS state FROM tags t");

  private final JdbcClient jdbc;

  Tables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The tasks, templates and tags. */
  List<TaskEventsChecker.Row> rows() {
    var rows = new ArrayList<TaskEventsChecker.Row>();
    ROWS.forEach(
        (subject, sql) ->
            rows.addAll(
                jdbc.sql(sql)
                    .query(
                        (row, number) ->
                            new TaskEventsChecker.Row(
                                subject,
                                row.getString("id"),
                                row.getLong("version"),
                                EventJson.MAPPER.readTree(row.getString("state"))))
                    .list()));
    return rows;
  }

  List<RemindersChecker.Fired> notifications() {
    return jdbc.sql("SELECT id, task_id, remind_at, fired_at FROM notifications")
        .query(RemindersChecker.Fired.class)
        .list();
  }

  /** Timers that nobody fired, of reminders or of the others. */
  List<String> overdue(boolean reminders) {
    return jdbc.sql(
            """
            SELECT kind || ' of ' || id FROM timers
            WHERE (kind = 'reminder') = :reminders AND fire_at < now() - interval '5 seconds'
            """)
        .param("reminders", reminders)
        .query(String.class)
        .list();
  }

  /** What was put aside: events that Kafka refused, timers whose effects could not be written. */
  List<String> parked() {
    return jdbc.sql(
            """
            SELECT 'event ' || type || ' of ' || key || ': ' || reason FROM outbox_parked
            UNION ALL
            SELECT 'timer ' || kind || ' of ' || id || ': ' || reason FROM timers_parked
            """)
        .query(String.class)
        .list();
  }

  /** The templates that say when they occur. */
  List<OccurrencesChecker.Planned> planned() {
    return jdbc.sql("SELECT id, description FROM recurring_tasks WHERE description LIKE :plans")
        .param("plans", Recurring.PLAN + "%")
        .query(
            (row, number) ->
                new OccurrencesChecker.Planned(
                    row.getString("id"), Recurring.plan(row.getString("description"))))
        .list();
  }

  /** The tasks of templates. */
  List<OccurrencesChecker.Spawned> spawned() {
    return jdbc.sql(
            """
            SELECT o.series_id AS template, t.id AS task_id, t.due_date
            FROM occurrences o LEFT JOIN tasks t ON t.id = o.task_id
            WHERE o.predecessor IS NULL AND o.state = 'spawned'
            """)
        .query(OccurrencesChecker.Spawned.class)
        .list();
  }

  /** The completed tasks of chains, once for each successor, or once without any. */
  List<OccurrencesChecker.Succeeded> succeeded(Instant completedBefore) {
    return jdbc.sql(
            """
            SELECT t.id AS task_id, t.due_date, s.due_date AS successor_due,
                   t.recurrence_rule ->> 'frequency' = 'weekly' AND t.recurrence_rule ->> 'interval' = '1' AS is_weekly
            FROM tasks t
            LEFT JOIN occurrences o ON o.predecessor = t.id AND o.state = 'spawned'
            LEFT JOIN tasks s ON s.id = o.task_id
            WHERE t.is_complete AND t.recurrence_rule IS NOT NULL AND t.completed_at < :before
            """)
        .param("before", OffsetDateTime.ofInstant(completedBefore, ZoneOffset.UTC))
        .query(OccurrencesChecker.Succeeded.class)
        .list();
  }
}
