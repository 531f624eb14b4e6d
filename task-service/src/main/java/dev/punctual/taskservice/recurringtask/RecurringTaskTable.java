package dev.punctual.taskservice.recurringtask;

import static dev.punctual.taskservice.sql.Columns.bound;

import dev.punctual.event.RecurringTask;
import dev.punctual.event.Task;
import dev.punctual.taskservice.http.Cursor;
import dev.punctual.taskservice.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code recurring_tasks} and {@code recurring_task_tags}. */
@Repository
class RecurringTaskTable {

  private static final String SELECT =
      """
      SELECT r.id, r.user_id, r.title, r.description, r.priority, r.recurrence_rule, r.start_at, r.next_due_at, r.time_zone,
             r.catch_up, r.overlap, r.lead_time_seconds, r.remind_before_seconds, r.is_active, r.ended_at,
             r.spawned_count, r.version, r.created_at, r.updated_at, statement_timestamp() AS read_at,
             (SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.name, g.id)
              FROM recurring_task_tags x JOIN tags g ON g.id = x.tag_id
              WHERE x.recurring_task_id = r.id AND g.user_id = r.user_id) AS tags
      FROM recurring_tasks r
      """;

  private final JdbcClient jdbc;

  RecurringTaskTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<StoredTemplate> find(String userId, String id) {
    return jdbc.sql(SELECT + "WHERE r.id = :id AND r.user_id = :userId")
        .param("id", id)
        .param("userId", userId)
        .query(RecurringTaskTable::read)
        .optional();
  }

  /** Those of the user's templates that have one of the ids, in the order of their ids. */
  List<StoredTemplate> find(String userId, Collection<String> ids) {
    return jdbc.sql(SELECT + "WHERE r.id = ANY(:ids) AND r.user_id = :userId ORDER BY r.id")
        .param("ids", ids.toArray(String[]::new))
        .param("userId", userId)
        .query(RecurringTaskTable::read)
        .list();
  }

  /** Up to {@code limit} of a user's templates, the newest first. */
  List<StoredTemplate> list(
      String userId, @Nullable Boolean isActive, @Nullable Cursor after, int limit) {
    // By an expression, or the planner walks everybody's newest along the primary key.
    return jdbc.sql(
            SELECT
                + """
                WHERE r.user_id = :userId
                  AND (:isActive::boolean IS NULL OR r.is_active = :isActive)
                  AND (:after::text IS NULL OR r.id < :after)
                ORDER BY r.id || '' DESC LIMIT :limit
                """)
        .param("userId", userId)
        .param("isActive", isActive)
        .param("after", after == null ? null : after.id())
        .param("limit", limit)
        .query(RecurringTaskTable::read)
        .list();
  }

  /** The ids of a user's running templates that have no zone of their own, in order. */
  List<String> following(String userId) {
    return jdbc.sql(
            """
            SELECT id FROM recurring_tasks
            WHERE user_id = :userId AND time_zone IS NULL AND ended_at IS NULL
            ORDER BY id
            """)
        .param("userId", userId)
        .query(String.class)
        .list();
  }

  /** Locks a template, and returns it as it is under the lock. */
  Optional<StoredTemplate> lock(String userId, String id) {
    jdbc.sql("SELECT id FROM recurring_tasks WHERE id = :id AND user_id = :userId FOR UPDATE")
        .param("id", id)
        .param("userId", userId)
        .query(String.class)
        .optional();
    // A statement of its own: what the lock was waited for is in its snapshot, with its tags.
    return find(userId, id);
  }

  /** The instant by the database's clock, which decides what is due. */
  Instant now() {
    return jdbc.sql("SELECT statement_timestamp() AS now")
        .query((row, number) -> Columns.instant(row, "now"))
        .single();
  }

  StoredTemplate insert(
      String userId,
      String id,
      RecurringTaskFields fields,
      List<Task.TagRef> tags,
      Schedule schedule) {
    jdbc.sql(
            """
            INSERT INTO recurring_tasks (id, user_id, title, description, priority, recurrence_rule, start_at, next_due_at,
                time_zone, catch_up, overlap, lead_time_seconds, remind_before_seconds)
            VALUES (:id, :userId, :title, :description, :priority, :rule::jsonb, :startAt, :nextDueAt,
                :timeZone, :catchUp, :overlap, :leadTime, :remindBefore)
            """)
        .param("id", id)
        .param("userId", userId)
        .param("startAt", schedule.startAt())
        .param("nextDueAt", bound(schedule.nextDueAt()))
        .params(columns(fields))
        .update();
    addTags(id, tags);
    return find(userId, id).orElseThrow();
  }

  /** Writes a template that is locked, at the next version. */
  StoredTemplate update(
      StoredTemplate before,
      RecurringTaskFields fields,
      List<Task.TagRef> tags,
      Schedule schedule) {
    var userId = before.template().userId();
    jdbc.sql(
            """
            UPDATE recurring_tasks
            SET title = :title, description = :description, priority = :priority, recurrence_rule = :rule::jsonb,
                start_at = :startAt, next_due_at = :nextDueAt, time_zone = :timeZone, catch_up = :catchUp,
                overlap = :overlap, lead_time_seconds = :leadTime, remind_before_seconds = :remindBefore,
                is_active = :isActive, ended_at = :endedAt, spawned_count = :handled, version = version + 1
            WHERE id = :id AND user_id = :userId
            """)
        .param("id", before.id())
        .param("userId", userId)
        .param("startAt", schedule.startAt())
        .param("nextDueAt", bound(schedule.nextDueAt()))
        .param("isActive", schedule.isActive())
        .param("endedAt", bound(schedule.endedAt()))
        .param("handled", schedule.handled())
        .params(columns(fields))
        .update();
    if (!tags.equals(before.template().tags())) {
      jdbc.sql(
              """
              DELETE FROM recurring_task_tags x USING recurring_tasks r
              WHERE x.recurring_task_id = :id AND r.id = x.recurring_task_id AND r.user_id = :userId
              """)
          .param("id", before.id())
          .param("userId", userId)
          .update();
      addTags(before.id(), tags);
    }
    return find(userId, before.id()).orElseThrow();
  }

  void delete(StoredTemplate template) {
    jdbc.sql("DELETE FROM recurring_tasks WHERE id = :id AND user_id = :userId")
        .param("id", template.id())
        .param("userId", template.template().userId())
        .update();
  }

  private void addTags(String id, List<Task.TagRef> tags) {
    if (!tags.isEmpty()) {
      jdbc.sql(
              "INSERT INTO recurring_task_tags (recurring_task_id, tag_id) SELECT :id, unnest(:tags::text[])")
          .param("id", id)
          .param("tags", tags.stream().map(Task.TagRef::id).toArray(String[]::new))
          .update();
    }
  }

  private static Map<String, @Nullable Object> columns(RecurringTaskFields fields) {
    var remindBefore = fields.remindBefore();
    Map<String, @Nullable Object> columns = new HashMap<>();
    columns.put("title", fields.title());
    columns.put("description", fields.description());
    columns.put("priority", fields.priority());
    columns.put("rule", bound(fields.recurrenceRule()));
    columns.put("timeZone", fields.timeZone());
    columns.put("catchUp", fields.catchUp());
    columns.put("overlap", fields.overlap());
    columns.put("leadTime", fields.leadTime().toSeconds());
    columns.put("remindBefore", remindBefore == null ? null : remindBefore.toSeconds());
    return columns;
  }

  private static StoredTemplate read(ResultSet row, int number) throws SQLException {
    var remindBefore = row.getObject("remind_before_seconds", Long.class);
    var template =
        new RecurringTask(
            row.getString("id"),
            row.getString("user_id"),
            row.getString("title"),
            row.getString("description"),
            row.getString("priority"),
            Objects.requireNonNull(Columns.json(row, "recurrence_rule")),
            row.getObject("start_at", LocalDateTime.class),
            Columns.instant(row, "next_due_at"),
            row.getString("time_zone"),
            row.getString("catch_up"),
            row.getString("overlap"),
            Duration.ofSeconds(row.getLong("lead_time_seconds")),
            remindBefore == null ? null : Duration.ofSeconds(remindBefore),
            row.getBoolean("is_active"),
            Columns.instantOrNull(row, "ended_at"),
            Columns.tags(row, "tags"),
            Columns.instant(row, "created_at"),
            Columns.instant(row, "updated_at"));
    return new StoredTemplate(
        template,
        row.getLong("version"),
        row.getInt("spawned_count"),
        Columns.instant(row, "read_at"));
  }
}
