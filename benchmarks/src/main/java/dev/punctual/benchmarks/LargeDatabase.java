package dev.punctual.benchmarks;

import dev.punctual.schema.SchemaMigration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An installation with many users: three tasks for each on average, one task in a hundred belongs
 * to user 1, who has far more than the others.
 */
public final class LargeDatabase {

  private final JdbcTemplate jdbc;
  private final DataSource dataSource;
  private final int users;

  public LargeDatabase(DataSource dataSource, int users) {
    this.dataSource = dataSource;
    this.jdbc = new JdbcTemplate(dataSource);
    this.users = users;
  }

  /** Brings an empty database to V5 and fills it. The ids are what V5 makes of UUIDs. */
  public void createAt5() {
    SchemaMigration.migrate(dataSource, "2");
    jdbc.execute(
        """
        SET synchronous_commit = off;
        INSERT INTO users (id, email, name)
          SELECT %1$s, 'user' || n || '@example.com', 'User ' || n FROM generate_series(1, %4$d) n;
        ALTER TABLE tasks DISABLE TRIGGER ALL;
        INSERT INTO tasks (id, user_id, title, description, is_complete, created_at, updated_at)
          SELECT %2$s, %3$s, 'Task ' || n || ' of the week', repeat('what to do ', n %% 12), n %% 3 = 0,
            now() - n %% 1000000 * interval '1 minute', now() - n %% 500000 * interval '1 minute'
          FROM generate_series(1, 3 * %4$d) n;
        ALTER TABLE tasks ENABLE TRIGGER ALL;
        """
            .formatted(uuid("user", "n"), uuid("task", "n"), uuid("user", owner("n")), users));
    SchemaMigration.migrate(dataSource, "5");
    settle();
  }

  /** Uses what V6 to V11 brought: priorities, dates, reminders, rules, tags and templates. */
  public void useTheUpgrade() {
    jdbc.execute(
        """
        SET synchronous_commit = off;
        UPDATE tasks SET
          priority = (ARRAY['low', 'medium', 'high', 'urgent'])[1 + h %% 4],
          due_date = now() + (h %% 20000 - 10000) * interval '1 hour',
          remind_at = CASE WHEN h %% 2 = 0 THEN now() + (h %% 20000 - 10000) * interval '1 hour' END,
          recurrence_rule = CASE WHEN h %% 3 = 0 THEN jsonb_build_object('frequency',
            (ARRAY['daily', 'weekly', 'monthly', 'yearly'])[1 + h / 3 %% 4]) END
        FROM (SELECT n, abs(hashint4(n)::bigint) AS h FROM generate_series(5, 3 * %4$d, 5) n) s
        WHERE tasks.id = %2$s::text;
        INSERT INTO tags (id, user_id, name)
          SELECT %1$s::text, %3$s::text, 'tag ' || n FROM generate_series(1, %4$d / 2) n;
        INSERT INTO task_tags (task_id, tag_id)
          SELECT %2$s::text, %1$s::text FROM generate_series(1, %4$d / 2) n;
        INSERT INTO recurring_tasks (id, user_id, title, recurrence_rule, next_due_at, is_active)
          SELECT %1$s::text, %3$s::text, 'Template ' || n, '{"frequency": "daily"}',
            now() + (n %% 2000 - 500) * interval '1 hour', n %% 10 > 0
          FROM generate_series(1, %4$d / 10) n;
        """
            .formatted(uuid("tag", "n"), uuid("task", "n"), uuid("user", owner("n")), users));
    settle();
  }

  /** Uses what V12 and later brought: series, their history, notifications, idempotency keys. */
  public void useThePipeline() {
    jdbc.execute(
        """
        SET synchronous_commit = off;
        UPDATE tasks SET recurring_task_id = %1$s::text, series_id = 's' || n
          FROM generate_series(1, %4$d / 10) n WHERE tasks.id = %2$s::text;
        INSERT INTO occurrences (id, series_id, occurrence, due_at, user_id, task_id, position, state)
          SELECT 'o' || n, 's' || n %% (%4$d / 100), timestamp '2026-01-01' + n * interval '1 hour', now(),
            %3$s::text, %2$s::text, n, 'spawned'
          FROM generate_series(1, %4$d) n;
        INSERT INTO notifications (id, user_id, task_id, title, remind_at, fired_at, late_by_ms)
          SELECT 'n' || n, %3$s::text, %2$s::text, 'Task ' || n, now(), now(), 1
          FROM generate_series(1, %4$d) n;
        INSERT INTO idempotency_keys (user_id, key, request_hash, status, created_at)
          SELECT %3$s::text, 'k' || n, 'h', 201, now() - n * interval '10 days' / %4$d
          FROM generate_series(1, %4$d) n;
        INSERT INTO outbox (topic, key, event_id, type, payload)
          SELECT 'task-events', 'k', 'e' || n, 'task.updated', '{}' FROM generate_series(1, 10000) n;
        """
            .formatted(uuid("tag", "n"), uuid("task", "n"), uuid("user", owner("n")), users));
    settle();
  }

  /** Runs the housekeeping that a live database has had, so that its plans are the usual ones. */
  public void settle() {
    jdbc.execute("VACUUM ANALYZE");
    jdbc.execute("CHECKPOINT");
  }

  public String userId(long n) {
    return id("user", n);
  }

  public String taskId(long n) {
    return id("task", n);
  }

  public int users() {
    return users;
  }

  public int tasks() {
    return 3 * users;
  }

  private String id(String kind, long n) {
    return String.valueOf(
        jdbc.queryForObject("SELECT " + uuid(kind, "" + n) + "::text", String.class));
  }

  private static String uuid(String kind, String n) {
    return "md5('%s' || (%s))::uuid".formatted(kind, n);
  }

  /** Every hundredth task is user 1's, the others are spread evenly. */
  private String owner(String n) {
    return "CASE WHEN %1$s %% 100 = 0 THEN 1 ELSE 1 + %1$s %% %2$d END".formatted(n, users);
  }
}
