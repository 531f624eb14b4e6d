package dev.punctual.benchmarks;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The floor of spawning: set-based SQL in one session and one transaction, which writes the same
 * rows as the worker. It knows only one rule, "every day", and no zone.
 */
final class BareSpawn {

  private BareSpawn() {}

  static void run(JdbcClient jdbc, TransactionTemplate transaction) {
    transaction.executeWithoutResult(status -> jdbc.sql(SQL).update());
  }

  private static final String SQL =
      """
      WITH claimed AS (
        UPDATE timers SET fire_at = fire_at + interval '1 day'
        WHERE kind = 'template' AND fire_at <= statement_timestamp()
        RETURNING id
      ), due AS MATERIALIZED (
        SELECT t.*, uuidv7()::text AS task_id FROM recurring_tasks t JOIN claimed USING (id) WHERE t.is_active
      ), ledger AS (
        INSERT INTO occurrences (id, series_id, occurrence, due_at, user_id, task_id, position, state)
        SELECT uuidv7()::text, id, next_due_at AT TIME ZONE 'UTC', next_due_at, user_id, task_id, spawned_count + 1,
               'spawned'
        FROM due
        ON CONFLICT DO NOTHING
        RETURNING task_id
      ), spawned AS (
        INSERT INTO tasks (id, user_id, title, description, is_complete, priority, due_date, recurring_task_id,
                           series_id, series_position, created_at, updated_at)
        SELECT task_id, user_id, title, description, false, priority, next_due_at, id, id, spawned_count + 1, now(), now()
        FROM due JOIN ledger USING (task_id)
        RETURNING *
      ), advanced AS (
        UPDATE recurring_tasks t
        SET version = t.version + 1, next_due_at = t.next_due_at + interval '1 day', spawned_count = t.spawned_count + 1,
            start_at = due.start_at, ended_at = due.ended_at, is_active = true
        FROM due WHERE t.id = due.id
        RETURNING t.*
      )
      INSERT INTO outbox (topic, key, event_id, type, payload, headers)
      SELECT 'task-events', id, uuidv7()::text, 'task.created',
        json_build_object(
          'version', 1, 'changed', json_build_array('title', 'priority', 'due_date', 'series_id', 'recurring_task_id'),
          'task', json_build_object(
            'id', id, 'user_id', user_id, 'title', title, 'description', description, 'is_complete', is_complete,
            'completed_at', null, 'priority', priority, 'due_date', due_date, 'remind_at', null, 'recurrence_rule', null,
            'recurring_task_id', recurring_task_id, 'series_id', series_id, 'tags', json_build_array(),
            'created_at', created_at, 'updated_at', updated_at),
          'cause', json_build_object('occurrence', json_build_object('series_id', series_id, 'local', due_date)))::text,
        json_build_object('ce_time', now(), 'ce_subject', id)::text
      FROM spawned
      UNION ALL
      SELECT 'task-events', id, uuidv7()::text, 'recurring_task.updated',
        json_build_object(
          'version', version, 'changed', json_build_array('next_due_at'),
          'recurring_task', json_build_object(
            'id', id, 'user_id', user_id, 'title', title, 'description', description, 'priority', priority,
            'recurrence_rule', recurrence_rule, 'start_at', start_at, 'next_due_at', next_due_at, 'time_zone', time_zone,
            'catch_up', catch_up, 'overlap', overlap, 'lead_time', 'PT0S', 'remind_before', null, 'is_active', is_active,
            'ended_at', ended_at, 'tags', json_build_array(), 'created_at', created_at, 'updated_at', updated_at),
          'cause', json_build_object('occurrence', json_build_object('series_id', id, 'local', start_at)))::text,
        json_build_object('ce_time', now(), 'ce_subject', id)::text
      FROM advanced
      """;
}
