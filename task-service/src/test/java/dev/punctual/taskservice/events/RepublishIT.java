package dev.punctual.taskservice.events;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.testing.Database;
import dev.punctual.testing.EventContract;
import dev.punctual.testing.Stack;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RepublishIT {

  private static final JsonMapper JSON = new JsonMapper();

  private final Database database = Stack.newDatabase();
  private final CommandRun command = new CommandRun(database, "");

  @BeforeEach
  void threeTasksOfTwoUsers() {
    sql(
        "INSERT INTO users (id, email, name) VALUES ('alice', 'a@example.org', 'Alice'), ('bob', 'b@example.org', 'Bob')");
    task("t1", "alice", 7, "2026-11-01T00:00:00Z");
    task("t2", "bob", 1, "2026-11-10T00:00:00Z");
    task("t3", "alice", 2, "2026-11-20T00:00:00Z");
    sql("INSERT INTO tags (id, user_id, name) VALUES ('g', 'alice', 'home')");
    sql("INSERT INTO task_tags (task_id, tag_id) VALUES ('t1', 'g')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void every_task_is_appended_as_it_is_and_as_documented() {
    assertThat(command.run("republish", "--topic", "task-events")).isZero();

    assertThat(command.said()).contains("Done: 3 tasks are in the outbox");
    assertThat(appended()).containsExactly("t1", "t2", "t3");
    var first = payload("t1");
    assertThat(first.path("version").asLong()).isEqualTo(7);
    assertThat(first.at("/task/tags/0/name").asString()).isEqualTo("home");
    assertThat(first.at("/cause/operation").asString()).isEqualTo("republish");
    assertThat(violations("t1")).isEmpty();
    assertThat(sqlLong("SELECT max(version) FROM tasks")).as("nothing changes").isEqualTo(7);
  }

  @Test
  void a_user_and_an_instant_choose_the_tasks() {
    assertThat(
            command.run(
                "republish", "--topic=task-events", "--user=alice", "--since=2026-11-20T00:00:00Z"))
        .isZero();
    assertThat(appended()).containsExactly("t3");
  }

  @Test
  void versions_are_raised_above_those_of_before_a_restore() {
    assertThat(
            command.run(
                "republish", "--topic=task-events", "--user=alice", "--raise-versions-by=1000"))
        .isZero();

    assertThat(payload("t1").path("version").asLong()).isEqualTo(1007);
    assertThat(payload("t3").path("version").asLong()).isEqualTo(1002);
    assertThat(sqlLong("SELECT version FROM tasks WHERE id = 't1'")).isEqualTo(1007);
    assertThat(sqlLong("SELECT version FROM tasks WHERE id = 't2'")).isEqualTo(1);
  }

  @Test
  void what_takes_longer_than_any_request_may_is_waited_for() {
    sql(
        "CREATE FUNCTION slow() RETURNS trigger AS 'BEGIN PERFORM pg_sleep(16); RETURN NULL; END' LANGUAGE plpgsql");
    sql("CREATE TRIGGER slow AFTER INSERT ON outbox EXECUTE FUNCTION slow()");

    assertThat(command.run("republish", "--topic", "task-events")).isZero();
    assertThat(appended()).hasSize(3);
  }

  @Test
  void an_interrupted_run_says_where_to_go_on_and_goes_on_there() {
    command.interrupt();
    assertThat(command.run("republish", "--topic", "task-events")).isEqualTo(130);
    assertThat(command.complained()).contains("Stopped after 0 tasks");

    var next = new CommandRun(database, "");
    assertThat(next.run("republish", "--topic", "task-events", "--after", "t1")).isZero();
    assertThat(appended()).containsExactly("t2", "t3");
  }

  @Test
  void a_snapshot_comes_after_the_change_that_held_the_row() {
    database
        .transactions()
        .executeWithoutResult(
            change -> {
              sql("UPDATE tasks SET version = 2 WHERE id = 't2'");
              var running =
                  CompletableFuture.supplyAsync(
                      () -> command.run("republish", "--topic", "task-events"));
              await().until(() -> waitsForALock() || running.isDone());
              assertThat(running).isNotDone();
              sql(
                  "INSERT INTO outbox (topic, key, event_id, type, payload) VALUES ('task-events', 't2', 'e', 'x', '{}')");
              change.flush();
            });
    await().untilAsserted(() -> assertThat(appended()).hasSize(4));

    assertThat(appended().get(0)).isEqualTo("t2");
    assertThat(payload("t2").path("version").asLong()).isEqualTo(2);
  }

  @Test
  void it_gives_way_to_a_change_that_locks_in_another_order() {
    var running =
        database
            .transactions()
            .execute(
                change -> {
                  sql("UPDATE tasks SET title = 'Changed' WHERE id = 't2'");
                  var republish =
                      CompletableFuture.supplyAsync(
                          () -> command.run("republish", "--topic", "task-events"));
                  await().until(() -> waitsForALock() || republish.isDone());
                  sql("UPDATE tasks SET title = 'Changed' WHERE id = 't1'");
                  return republish;
                });
    assertThat(requireNonNull(running).join()).isZero();
    assertThat(appended()).containsExactly("t1", "t2", "t3");
    assertThat(payload("t1").at("/task/title").asString()).isEqualTo("Changed");
  }

  @Test
  void it_waits_while_live_events_wait() {
    sql(
        "INSERT INTO outbox (topic, key, event_id, type, payload) SELECT 'task-events', 'live', n::text, 'x', '{}' FROM generate_series(1, 3000) n");
    var running =
        CompletableFuture.supplyAsync(() -> command.run("republish", "--topic", "task-events"));
    await().until(() -> command.said().contains("waits for the relay"));
    assertThat(appended()).doesNotContain("t1");

    sql("DELETE FROM outbox");
    assertThat(running.join()).isZero();
    assertThat(appended()).containsExactly("t1", "t2", "t3");
  }

  @Test
  void what_cannot_be_republished_is_refused() {
    assertThat(command.run("republish", "--topic", "timers")).isEqualTo(2);
    assertThat(command.complained()).contains("Only task-events can be republished");
  }

  @Test
  void a_database_that_is_away_is_named() {
    assertThat(
            command.run(
                "republish",
                "--topic=task-events",
                "--spring.datasource.hikari.connection-timeout=500",
                "--spring.datasource.url=jdbc:postgresql://localhost:1/none"))
        .isEqualTo(1);
    assertThat(command.complained()).contains("The database does not take part");
  }

  private boolean waitsForALock() {
    // Not in the transaction of the caller, in which the view would stay as it was first seen.
    return CompletableFuture.supplyAsync(
                () ->
                    sqlLong(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """))
            .join()
        > 0;
  }

  private void task(String id, String userId, int version, String updatedAt) {
    sql(
        "INSERT INTO tasks (id, user_id, title, version, created_at, updated_at) VALUES ('%s', '%s', 'T', %d, '%s', '%s')"
            .formatted(id, userId, version, updatedAt, updatedAt));
  }

  private List<String> appended() {
    return database.jdbc().sql("SELECT key FROM outbox ORDER BY id").query(String.class).list();
  }

  private JsonNode payload(String key) {
    return JSON.readTree(column("payload", key));
  }

  private List<String> violations(String key) {
    Map<String, String> headers =
        new TreeMap<>(
            JSON.readValue(column("headers", key), new TypeReference<Map<String, String>>() {}));
    headers.putAll(
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", column("event_id", key),
            "ce_type", column("type", key),
            "ce_source", "/punctual",
            "content-type", "application/json"));
    return new EventContract().violations("task-events", key, headers, column("payload", key));
  }

  private String column(String column, String key) {
    return database
        .jdbc()
        .sql("SELECT %s FROM outbox WHERE key = :key ORDER BY id DESC LIMIT 1".formatted(column))
        .param("key", key)
        .query(String.class)
        .single();
  }

  private void sql(String statement) {
    database.jdbc().sql(statement).update();
  }

  private long sqlLong(String query) {
    return database.jdbc().sql(query).query(Long.class).single();
  }
}
