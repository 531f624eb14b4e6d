package dev.punctual.taskservice.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reopening a completed task whose successor was spawned already. */
class SuccessorTakenBackIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());
  private String completed = "";
  private String successor = "";

  @BeforeEach
  void a_completed_task_has_its_successor() {
    completed = task();
    successor = task();
    user.post("/api/tasks/" + completed + "/complete").is(200);
    spawned(completed, successor);
  }

  @Test
  void an_untouched_successor_is_taken_back() {
    reopen();

    user.get("/api/tasks/" + successor).isProblem(404);
    assertThat(user.rows().eventTypes(successor)).endsWith("task.deleted");
    assertThat(user.rows().timer("reminder", successor)).isEmpty();
    assertThat(state()).isEqualTo("withdrawn");
  }

  @Test
  void a_touched_successor_stays_and_remains_the_only_one() {
    user.patch("/api/tasks/" + successor, Map.of("title", "mine")).is(200);

    reopen();

    user.get("/api/tasks/" + successor).is(200);
    assertThat(state()).isEqualTo("spawned");
  }

  @Test
  void a_deleted_successor_does_not_end_the_chain() {
    user.delete("/api/tasks/" + successor).is(204);

    reopen();

    assertThat(state()).isEqualTo("withdrawn");
  }

  @Test
  void a_successor_that_was_completed_and_deleted_has_carried_the_chain_on() {
    user.post("/api/tasks/" + successor + "/complete").is(200);
    user.delete("/api/tasks/" + successor).is(204);

    reopen();

    assertThat(state()).isEqualTo("spawned");
  }

  @Test
  void and_so_it_has_when_its_own_successor_was_made_meanwhile() {
    user.post("/api/tasks/" + successor + "/complete").is(200);
    spawned(successor, task());
    user.rows().jdbc().sql("DELETE FROM timers WHERE id = :id").param("id", successor).update();
    user.delete("/api/tasks/" + successor).is(204);

    reopen();

    assertThat(state()).isEqualTo("spawned");
  }

  @Test
  void a_completed_task_that_is_deleted_at_once_leaves_what_its_successor_is_made_of() {
    var task = task();
    user.post("/api/tasks/" + task + "/complete").is(200);
    var rows = user.rows();
    assertThat(rows.timer("successor", task)).isPresent();

    user.delete("/api/tasks/" + task).is(204);

    assertThat(rows.timer("successor", task)).isPresent();
    assertThat(
            rows.jdbc()
                .sql("SELECT task ->> 'title' FROM owed_successors WHERE task_id = :id")
                .param("id", task)
                .query(String.class)
                .list())
        .hasSize(1);
  }

  @Test
  void a_completed_task_that_owes_nothing_leaves_nothing_behind() {
    user.rows().jdbc().sql("DELETE FROM timers WHERE id = :id").param("id", completed).update();

    user.delete("/api/tasks/" + completed).is(204);

    assertThat(
            user.rows()
                .jdbc()
                .sql("SELECT count(*) FROM owed_successors WHERE task_id = :id")
                .param("id", completed)
                .query(Integer.class)
                .single())
        .isZero();
  }

  /** What a worker leaves in the ledger. */
  private void spawned(String predecessor, String next) {
    user.rows()
        .jdbc()
        .sql(
            """
            INSERT INTO occurrences (id, series_id, occurrence, due_at, user_id, predecessor, task_id, position, state)
            SELECT :id, :predecessor, now(), now(), t.user_id, :predecessor, :next, 2, 'spawned'
            FROM tasks t WHERE t.id = :predecessor
            """)
        .param("id", predecessor + "-entry")
        .param("predecessor", predecessor)
        .param("next", next)
        .update();
  }

  private void reopen() {
    user.post("/api/tasks/" + completed + "/reopen").is(200);
    assertThat(user.rows().timer("successor", completed)).isEmpty();
  }

  private String state() {
    return user.rows()
        .jdbc()
        .sql("SELECT state FROM occurrences WHERE predecessor = :id")
        .param("id", completed)
        .query(String.class)
        .single();
  }

  private String task() {
    return user.task(
            Map.of(
                "title", "a",
                "due_date", "2099-05-04T09:00:00Z",
                "remind_at", "2099-05-04T08:00:00Z",
                "recurrence_rule", Map.of("frequency", "daily")))
        .path("id")
        .asString();
  }
}
