package dev.punctual.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A daily task that is completed, reopened at some point and completed again, over REST and with
 * two workers: however that goes, one task of its chain is open in the end.
 */
class ReopeningIT {

  private static final Together PUNCTUAL = new Together();

  static {
    PUNCTUAL.startWorker();
    PUNCTUAL.startWorker();
  }

  private static final String TAG = "reopened";

  private final Together.User alice = PUNCTUAL.user("alice");
  private final String first = newTask();

  @AfterAll
  static void nothing_comes_by_records_that_come_again() {
    var before = PUNCTUAL.texts("SELECT id || ' ' || version FROM tasks ORDER BY id");
    PUNCTUAL.redeliver("task-events", "timers");
    // A chain of its own goes on behind them.
    var behind = new ReopeningIT();
    behind.complete(behind.first);
    successor(behind.first);
    assertThat(
            PUNCTUAL.texts(
                "SELECT id || ' ' || version FROM tasks WHERE series_id <> ? ORDER BY id",
                behind.first))
        .isEqualTo(before);
    PUNCTUAL.close();
  }

  @Test
  void before_its_successor_is_made() {
    PUNCTUAL.withTagHeld(
        TAG,
        () -> {
          complete(first);
          reopen(first);
        });
    PUNCTUAL.settle();
    assertThat(open()).containsExactly(first);

    complete(first);

    var next = successor(first);
    assertThat(open()).containsExactly(next);
  }

  @Test
  void and_completed_again_before_its_successor_is_made() {
    PUNCTUAL.withTagHeld(
        TAG,
        () -> {
          complete(first);
          reopen(first);
          complete(first);
        });

    var next = successor(first);
    assertThat(open()).containsExactly(next);
  }

  @Test
  void after_its_successor_was_made() {
    complete(first);
    var taken = successor(first);
    reopen(first);
    assertThat(open()).containsExactly(first);

    complete(first);

    var next = successor(first);
    assertThat(open()).containsExactly(next).doesNotContain(taken);
  }

  @Test
  void after_its_successor_was_edited() {
    complete(first);
    var edited = successor(first);
    alice.patch("/api/tasks/" + edited, Map.of("title", "Mine"));
    reopen(first);

    complete(first);

    PUNCTUAL.settle();
    assertThat(open()).containsExactly(edited);
  }

  @Test
  void after_its_successor_was_completed() {
    complete(first);
    var second = successor(first);
    complete(second);
    var third = successor(second);
    reopen(first);

    complete(first);

    PUNCTUAL.settle();
    assertThat(open()).containsExactly(third);
  }

  @Test
  void after_its_successor_was_deleted() {
    complete(first);
    var deleted = successor(first);
    alice.delete("/api/tasks/" + deleted);
    reopen(first);

    complete(first);

    var next = successor(first);
    assertThat(open()).containsExactly(next).doesNotContain(deleted);
  }

  @Test
  void after_its_successor_was_completed_and_deleted() {
    complete(first);
    var second = successor(first);
    complete(second);
    var third = successor(second);
    alice.delete("/api/tasks/" + second);
    reopen(first);

    complete(first);

    PUNCTUAL.settle();
    assertThat(open()).containsExactly(third);
  }

  @Test
  void while_its_successor_which_was_completed_and_deleted_owes_the_next() {
    complete(first);
    var second = successor(first);
    PUNCTUAL.withTagHeld(
        TAG,
        () -> {
          complete(second);
          alice.delete("/api/tasks/" + second);
          reopen(first);
          complete(first);
        });

    var third = successor(second);
    PUNCTUAL.settle();
    assertThat(open()).containsExactly(third);
  }

  @Test
  void again_and_again_while_the_workers_make_its_successor() {
    for (int i = 0; i < 20; i++) {
      complete(first);
      reopen(first);
    }
    PUNCTUAL.settle();
    assertThat(open()).containsExactly(first);

    complete(first);

    var next = successor(first);
    assertThat(open()).containsExactly(next);
  }

  @Test
  void or_deleted_at_once_instead() {
    PUNCTUAL.withTagHeld(
        TAG,
        () -> {
          complete(first);
          alice.delete("/api/tasks/" + first);
        });

    var next = successor(first);
    assertThat(open()).containsExactly(next);
    assertThat(PUNCTUAL.texts("SELECT task_id FROM owed_successors")).isEmpty();
  }

  private String newTask() {
    return alice.post(
        "/api/tasks",
        Map.of(
            "title",
            "Water the plants",
            "tags",
            List.of(TAG),
            "due_date",
            Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString(),
            "recurrence_rule",
            Map.of("frequency", "daily")));
  }

  private void complete(String task) {
    alice.post("/api/tasks/" + task + "/complete", null);
  }

  private void reopen(String task) {
    alice.post("/api/tasks/" + task + "/reopen", null);
  }

  /** The task that was made when this one was completed, waiting for it. */
  private static String successor(String task) {
    return await()
        .atMost(Together.SOON)
        .until(
            () ->
                PUNCTUAL.texts(
                    "SELECT task_id FROM occurrences WHERE predecessor = ? AND state = 'spawned'",
                    task),
            found -> !found.isEmpty())
        .get(0);
  }

  private List<String> open() {
    return PUNCTUAL.texts(
        "SELECT id FROM tasks WHERE series_id = ? AND NOT is_complete ORDER BY id", first);
  }
}
