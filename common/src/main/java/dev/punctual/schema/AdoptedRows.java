package dev.punctual.schema;

import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of an adopted database that later migrations would stumble over. */
final class AdoptedRows {

  private static final String NO_RULE =
      """
      recurrence_rule IS NOT NULL AND (jsonb_typeof(recurrence_rule) <> 'object'
        OR num_nonnulls(recurrence_rule -> 'frequency', recurrence_rule -> 'rrule', recurrence_rule -> 'cron') <> 1)
      """;

  private AdoptedRows() {}

  static Stream<Difference> differences(JdbcClient jdbc, MigrationVersion version) {
    var foundation =
        Stream.of(
            Expectation.orphans("tasks", "user_id", "users"),
            Expectation.orphans("conversations", "user_id", "users"),
            Expectation.orphans("messages", "user_id", "users"),
            Expectation.orphans("messages", "conversation_id", "conversations"));
    var upgrade =
        Stream.of(
            new Expectation(
                "tasks",
                NO_RULE,
                "have a recurrence_rule without exactly one of frequency, rrule, cron"),
            new Expectation(
                "recurring_tasks",
                NO_RULE,
                "have a recurrence_rule without exactly one of frequency, rrule, cron"),
            Expectation.priority("tasks"),
            Expectation.priority("recurring_tasks"));
    return (version.equals(Chain.UPGRADE) ? Stream.concat(foundation, upgrade) : foundation)
        .flatMap(expectation -> expectation.check(jdbc));
  }

  /** The active templates that were due before now: nothing arms them, so they spawn nothing. */
  static List<String> pastDue(JdbcClient jdbc) {
    return jdbc.sql(
            """
            SELECT concat(id, ', due ', to_char(next_due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), ': ', title)
            FROM recurring_tasks WHERE is_active AND next_due_at <= now()
            ORDER BY next_due_at, id
            """)
        .query(String.class)
        .list();
  }

  private record Expectation(String table, String violation, String words) {

    static Expectation orphans(String table, String column, String parents) {
      return new Expectation(
          table,
          "NOT EXISTS (SELECT FROM %2$s WHERE %2$s.id = %1$s.%3$s)"
              .formatted(table, parents, column),
          "have a %s that is not in %s".formatted(column, parents));
    }

    static Expectation priority(String table) {
      return new Expectation(
          table,
          "priority NOT IN ('low', 'medium', 'high', 'urgent')",
          "have a priority other than low, medium, high, urgent");
    }

    Stream<Difference> check(JdbcClient jdbc) {
      var where = table + " WHERE " + violation.strip().replaceAll("\\s+", " ");
      var count = jdbc.sql("SELECT count(*) FROM " + where).query(Long.class).single();
      return count == 0
          ? Stream.empty()
          : Stream.of(
              new Difference(
                  "rows of " + table,
                  count + " " + words,
                  "Find them: SELECT id FROM " + where + ";"));
    }
  }
}
