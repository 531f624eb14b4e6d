package dev.punctual.recurrenceworker;

import dev.punctual.event.EventJson;
import dev.punctual.event.Task;
import dev.punctual.recurrence.CatchUp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code recurring_tasks} whose timers fire. */
@Repository
class Templates {

  private static final String TAG_LINKS =
      """
      SELECT recurring_task_id AS owner_id, tag_id FROM recurring_task_tags WHERE recurring_task_id = ANY(:ids)
      """;

  private final JdbcClient jdbc;
  private final CopiedTags tags;

  Templates(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.tags = new CopiedTags(jdbc, TAG_LINKS);
  }

  /** Locks those that nobody else holds, with their tags; returns them, and those that are gone. */
  Set<String> lock(Collection<String> ids) {
    Set<String> free = new HashSet<>(lockRows(ids));
    free.removeAll(tags.lockOrTellHeld(free));
    return free;
  }

  private Set<String> lockRows(Collection<String> ids) {
    // Their users, too: what is spawned refers to them. No lock is waited for, so whoever deletes a
    // user, and everything of theirs, is not in the way.
    return jdbc.sql(
            """
            WITH locked AS MATERIALIZED (
              SELECT t.id FROM recurring_tasks t JOIN users u ON u.id = t.user_id
              WHERE t.id = ANY(:ids)
              ORDER BY t.id
              FOR NO KEY UPDATE OF t SKIP LOCKED
              FOR KEY SHARE OF u SKIP LOCKED
            )
            SELECT id FROM locked
            UNION ALL
            SELECT id FROM unnest(:ids) AS wanted (id)
            WHERE NOT EXISTS (SELECT FROM recurring_tasks t WHERE t.id = wanted.id)
            """)
        .param("ids", ids.toArray(String[]::new))
        .query(String.class)
        .set();
  }

  /** The ids that follow one, of templates that have not ended, also the paused ones. */
  List<String> after(String id, int limit) {
    return jdbc.sql(
            """
            SELECT id FROM recurring_tasks WHERE ended_at IS NULL AND id > :id
            ORDER BY id LIMIT :limit
            """)
        .param("id", id)
        .param("limit", limit)
        .query(String.class)
        .list();
  }

  /** Locks templates, waiting for who has locked them; their tags are not to be copied. */
  void lockToMove(Collection<String> ids) {
    jdbc.sql("SELECT id FROM recurring_tasks WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE")
        .param("ids", ids.toArray(String[]::new))
        .query(String.class)
        .list();
  }

  /** Those of the templates that are there and have not ended, in the order of their ids. */
  List<Template> notEnded(Collection<String> ids) {
    Map<String, List<Task.TagRef>> tagged = tags.of(ids);
    return jdbc.sql(
            """
            SELECT t.id, t.user_id, t.version, t.title, t.description, t.priority, t.recurrence_rule, t.start_at,
                   t.next_due_at, t.time_zone, coalesce(t.time_zone, u.time_zone) AS zone, t.catch_up, t.overlap,
                   t.lead_time_seconds, t.remind_before_seconds, t.spawned_count, t.is_active,
                   t.created_at
            FROM recurring_tasks t JOIN users u ON u.id = t.user_id
            WHERE t.id = ANY(:ids) AND t.ended_at IS NULL
            ORDER BY t.id
            """)
        .param("ids", ids.toArray(String[]::new))
        .query((row, number) -> template(row, tagged.getOrDefault(row.getString("id"), List.of())))
        .list();
  }

  private static Template template(ResultSet row, List<Task.TagRef> tags) throws SQLException {
    return new Template(
        row.getString("id"),
        row.getString("user_id"),
        row.getLong("version"),
        row.getString("title"),
        row.getString("description"),
        row.getString("priority"),
        EventJson.MAPPER.readTree(row.getString("recurrence_rule")),
        row.getObject("start_at", LocalDateTime.class),
        Rows.instant(row, "next_due_at"),
        row.getString("time_zone"),
        ZoneId.of(row.getString("zone")),
        CatchUp.Policy.valueOf(upperCase(row, "catch_up")),
        Overlap.valueOf(upperCase(row, "overlap")),
        Duration.ofSeconds(row.getLong("lead_time_seconds")),
        seconds(row, "remind_before_seconds"),
        row.getInt("spawned_count"),
        row.getBoolean("is_active"),
        Rows.instant(row, "created_at"),
        tags);
  }

  private static String upperCase(ResultSet row, String column) throws SQLException {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }

  private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
    long seconds = row.getLong(column);
    return row.wasNull() ? null : Duration.ofSeconds(seconds);
  }

  /** Which of these templates have a last instance that is not completed. */
  Set<String> withOpenInstance(Collection<String> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        jdbc.sql(
                """
                SELECT series.id
                FROM unnest(:ids::text[]) AS series (id)
                CROSS JOIN LATERAL (
                    SELECT o.task_id FROM occurrences o
                    WHERE o.series_id = series.id AND o.predecessor IS NULL AND o.state = 'spawned'
                    ORDER BY o.occurrence DESC
                    LIMIT 1) AS last
                JOIN tasks t ON t.id = last.task_id AND NOT t.is_complete
                """)
            .param("ids", ids.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  /** Moves templates to other instants; returns their updated_at. */
  Instant move(Map<Template, Instant> nextDueAts) {
    List<Map.Entry<Template, Instant>> moves = List.copyOf(nextDueAts.entrySet());
    return jdbc.sql(
            """
            UPDATE recurring_tasks t SET version = t.version + 1, next_due_at = m.next_due_at
            FROM unnest(:ids::text[], :nextDueAts::timestamptz[]) AS m (id, next_due_at)
            WHERE t.id = m.id
            RETURNING t.updated_at
            """)
        .param("ids", Rows.column(moves, m -> m.getKey().id()))
        .param("nextDueAts", Rows.column(moves, Map.Entry::getValue))
        .query((row, number) -> Rows.instant(row, "updated_at"))
        .list()
        .get(0); // the table's trigger sets the transaction's instant
  }

  /** What a template's row becomes. */
  record Advance(Template template, TemplatePlan plan) {}

  /** Carries out what the plans say about the templates themselves; returns their updated_at. */
  Instant advance(List<Advance> advances) {
    return jdbc.sql(
            """
            UPDATE recurring_tasks t
            SET version = t.version + 1, next_due_at = a.next_due_at, start_at = a.start_at, ended_at = a.ended_at,
                is_active = t.is_active AND a.ended_at IS NULL, spawned_count = t.spawned_count + a.handled
            FROM unnest(:ids::text[], :nextDueAts::timestamptz[], :startAts::timestamp[], :endedAts::timestamptz[],
                        :handled::integer[]) AS a (id, next_due_at, start_at, ended_at, handled)
            WHERE t.id = a.id
            RETURNING t.updated_at
            """)
        .param("ids", Rows.column(advances, a -> a.template().id()))
        .param("nextDueAts", Rows.column(advances, a -> a.plan().nextDueAt()))
        .param("startAts", Rows.column(advances, a -> a.plan().startAt()))
        .param("endedAts", Rows.column(advances, a -> a.plan().endedAt()))
        .param("handled", Rows.column(advances, a -> a.plan().handled().size()))
        .query((row, number) -> Rows.instant(row, "updated_at"))
        .list()
        .get(0); // the table's trigger sets the transaction's instant
  }
}
