package dev.punctual.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.schema.SchemaMigration;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Each query pattern of the product reads by the index that docs/indexes.md names, planned under a
 * role like the service's: no superuser. {@code -Dusers=1000000} runs it on the full data set.
 */
class IndexUseIT {

  private static final Pattern INDEX =
      Pattern.compile(
          "(?:Index Scan|Index Only Scan|Bitmap Index Scan)(?: Backward)? (?:using|on) (\\w+)");
  private static final Pattern BUFFERS =
      Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

  /** A hundredth of all templates are one user's: a page of them reads each, at most. */
  private static final int MOST_TEMPLATES = 20 + Integer.getInteger("users", 20_000) / 1_000;

  @TempDir static Path directory;
  private static EmbeddedPostgres server;
  private static LargeDatabase data;
  private static JdbcClient service;

  @BeforeAll
  static void fill() throws IOException, SQLException {
    server = EmbeddedPostgres.in(directory.resolve("data")).withoutDurability().start();
    server.createDatabase("large");
    var owner = server.dataSource("large");
    data = new LargeDatabase(owner, Integer.getInteger("users", 20_000));
    data.createAt5();
    SchemaMigration.migrate(owner, "11");
    data.useTheUpgrade();
    SchemaMigration.migrate(owner);
    data.useThePipeline();
    new JdbcTemplate(owner)
        .execute("CREATE ROLE service LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO service");
    var connections = new PGSimpleDataSource();
    connections.setUrl(server.jdbcUrl("large"));
    connections.setUser("service");
    service = JdbcClient.create(connections);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("patterns")
  void reads_by_its_index(String pattern, String sql, String indexes, int mostBuffers) {
    for (var user : new String[] {data.userId(1), data.userId(77)}) {
      var plan = explain(sql.replace(":user", "'" + user + "'"));
      var used =
          INDEX
              .matcher(plan)
              .results()
              .map(m -> m.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      if (System.getProperty("plans") != null) {
        System.out.println("---- " + pattern + "\n" + plan);
      }
      var few =
          user.equals(data.userId(1)) ? "" : "|ix_tasks_user_id_\\w+"; // whichever, for three rows
      assertThat(String.join(" ", used)).as(plan).matches(indexes + few);
      assertThat(plan).doesNotContain("Seq Scan");
      assertThat(buffers(plan)).as(plan).isLessThanOrEqualTo(mostBuffers);
    }
  }

  static Stream<Arguments> patterns() {
    return Stream.of(
        arguments(
            "a page of the newest tasks",
            "SELECT * FROM tasks WHERE user_id = :user ORDER BY created_at DESC, id DESC LIMIT 50",
            "ix_tasks_user_id_created_at",
            100),
        arguments(
            "the next page after a cursor",
            """
            SELECT * FROM tasks WHERE user_id = :user AND (created_at, id) < (now() - interval '100 days', '')
            ORDER BY created_at DESC, id DESC LIMIT 50
            """,
            "ix_tasks_user_id_created_at",
            100),
        arguments(
            "by priority",
            "SELECT * FROM tasks WHERE user_id = :user AND priority = 'urgent' ORDER BY created_at DESC, id DESC LIMIT 50",
            "(ix_tasks_priority )?ix_tasks_user_id_\\w+",
            2000),
        arguments(
            "due in a range",
            "SELECT * FROM tasks WHERE user_id = :user AND due_date >= now() AND due_date < now() + interval '7 days' ORDER BY due_date",
            "ix_tasks_user_id_due_date",
            1000),
        arguments(
            "overdue",
            "SELECT * FROM tasks WHERE user_id = :user AND due_date < now() AND NOT is_complete ORDER BY due_date LIMIT 50",
            "ix_tasks_user_id_due_date",
            300),
        arguments(
            "how many are open",
            "SELECT count(*) FROM tasks WHERE user_id = :user AND NOT is_complete",
            "ix_tasks_user_id_is_complete",
            30_000),
        arguments(
            "by tag",
            "SELECT t.* FROM task_tags g JOIN tasks t ON t.id = g.task_id WHERE g.tag_id = md5('tag5')::uuid::text AND t.user_id = :user",
            "ix_task_tags_tag_id tasks_pkey",
            100),
        arguments(
            "by what the rule contains",
            "SELECT * FROM tasks WHERE user_id = :user AND recurrence_rule @> '{\"frequency\": \"weekly\"}' ORDER BY created_at DESC, id DESC LIMIT 50",
            "(ix_tasks_recurrence_rule )?ix_tasks_user_id_\\w+",
            5_000),
        arguments(
            "a rare rule, of all users",
            "SELECT id FROM tasks WHERE recurrence_rule @> '{\"cron\": \"0 9 * * *\"}'",
            "ix_tasks_recurrence_rule",
            100),
        arguments(
            "search",
            "SELECT * FROM tasks WHERE user_id = :user AND title ILIKE '%ask 7%' ORDER BY created_at DESC, id DESC LIMIT 50",
            "ix_tasks_user_id_\\w+",
            5_000),
        arguments(
            "reminders due",
            """
            SELECT * FROM timers WHERE kind = 'reminder' AND slot = 5 AND fire_at <= statement_timestamp()
            ORDER BY fire_at LIMIT 1000
            """,
            "ix_timers_kind_slot_fire_at",
            100),
        arguments(
            "reminders of the next minute",
            """
            SELECT * FROM timers WHERE kind = 'reminder' AND slot = ANY ('{0,8,16,24,32,40,48,56}')
              AND fire_at <= statement_timestamp() + interval '1 minute' ORDER BY fire_at LIMIT 1000
            """,
            "ix_timers_kind_slot_fire_at",
            100),
        arguments(
            "templates due",
            "SELECT id FROM recurring_tasks WHERE is_active AND next_due_at <= now() - interval '490 hours' ORDER BY next_due_at LIMIT 100",
            "ix_recurring_tasks_next_due_at",
            300),
        arguments(
            "a page of a user's templates, the newest first",
            "SELECT * FROM recurring_tasks WHERE user_id = :user ORDER BY id || '' DESC LIMIT 51",
            "ix_recurring_tasks_user_id_next_due_at",
            MOST_TEMPLATES),
        arguments(
            "what a template owes: its last instance",
            """
            SELECT task_id FROM occurrences WHERE series_id = 's7' AND predecessor IS NULL AND state = 'spawned'
            ORDER BY occurrence DESC LIMIT 1
            """,
            "(ix_occurrences_series_id_occurrence|ux_occurrences_series_occurrence)",
            10),
        arguments(
            "a template's tasks",
            "SELECT id FROM tasks WHERE recurring_task_id = md5('tag7')::uuid::text AND NOT is_complete",
            "ix_tasks_recurring_task_id",
            100),
        arguments(
            "a user's tags by name",
            "SELECT * FROM tags WHERE user_id = :user ORDER BY name LIMIT 100",
            "ix_tags_user_id_name",
            300),
        arguments(
            "a task's tags",
            "SELECT tag_id FROM task_tags WHERE task_id = md5('task7')::uuid::text",
            "task_tags_pkey",
            10),
        arguments(
            "a series' history",
            "SELECT * FROM occurrences WHERE series_id = 's7' ORDER BY occurrence DESC LIMIT 50",
            "ix_occurrences_series_id_occurrence",
            100),
        arguments(
            "what became of a task's occurrence",
            "SELECT * FROM occurrences WHERE task_id = md5('task7')::uuid::text",
            "ix_occurrences_task_id",
            10),
        arguments(
            "the inbox",
            "SELECT * FROM notifications WHERE user_id = :user ORDER BY id DESC LIMIT 50",
            "ix_notifications_user_id_id",
            100),
        arguments(
            "old idempotency keys",
            "SELECT user_id, key FROM idempotency_keys WHERE created_at < now() - interval '9 days' LIMIT 1000",
            "ix_idempotency_keys_created_at",
            1_100));
  }

  @Test
  void the_outbox_is_read_by_its_key() {
    assertThat(explain("SELECT * FROM outbox ORDER BY id LIMIT 100")).contains("pk_outbox");
  }

  private static String explain(String sql) {
    return service
        .sql("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + sql)
        .query(String.class)
        .stream()
        .collect(Collectors.joining("\n"));
  }

  /** Those of the topmost node: everything below it included. */
  private static int buffers(String plan) {
    var matcher = BUFFERS.matcher(plan);
    return matcher.find() ? number(matcher.group(1)) + number(matcher.group(2)) : 0;
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
