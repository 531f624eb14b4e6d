package dev.punctual.taskservice.recurringtask;

import static dev.punctual.taskservice.recurringtask.GivenTemplates.PATH;
import static dev.punctual.taskservice.recurringtask.GivenTemplates.daily;
import static dev.punctual.taskservice.recurringtask.GivenTemplates.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateActionsIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());
  private final GivenTemplates templates = new GivenTemplates(user);

  @Test
  void a_paused_template_has_no_timer_until_it_is_resumed() {
    var id = templates.create();

    assertThat(user.post(path(id) + "/pause").is(200).body().path("is_active").asBoolean())
        .isFalse();
    user.post(path(id) + "/pause").is(200);
    assertThat(templates.timer(id)).isEmpty();
    user.post(path(id) + "/resume").is(200);

    assertThat(templates.timer(id)).isPresent();
    assertThat(user.rows().eventTypes(id)).hasSize(3);
  }

  @Test
  void skipping_leaves_out_one_occurrence_and_remembers_it() {
    var id = templates.create();

    var skipped = user.post(path(id) + "/skip").is(200).body();

    assertThat(skipped.path("next_due_at").asString()).isEqualTo("2099-07-02T07:00:00Z");
    assertThat(templates.timer(id)).hasToString("Optional[2099-07-02T07:00:00Z]");
    assertThat(
            user.rows()
                .jdbc()
                .sql("SELECT occurrence || ' ' || state FROM occurrences WHERE series_id = :id")
                .param("id", id)
                .query(String.class)
                .list())
        .containsExactly("2099-07-01 09:00:00 skipped");
  }

  @Test
  void what_was_skipped_before_a_pause_stays_skipped_after_it() {
    var id = templates.create();
    user.post(path(id) + "/skip").is(200);
    user.post(path(id) + "/pause").is(200);

    var resumed = user.post(path(id) + "/resume").is(200).body();

    assertThat(resumed.path("next_due_at").asString()).isEqualTo("2099-07-02T07:00:00Z");
  }

  @Test
  void skipping_while_paused_leaves_out_what_would_come_after_resuming() {
    var id = user.post(PATH, daily(Map.of("start_at", "2020-01-01T09:00:00"))).is(201).id();
    user.post(path(id) + "/pause").is(200);
    user.rows()
        .jdbc()
        .sql(
            "UPDATE recurring_tasks SET next_due_at = next_due_at - interval '9 days' WHERE id = :id")
        .param("id", id)
        .update();

    var skipped = user.post(path(id) + "/skip").is(200).body();

    assertThat(skipped.path("is_active").asBoolean()).isFalse();
    var next = Instant.parse(skipped.path("next_due_at").asString());
    assertThat(next).isAfter(Instant.now().plusSeconds(23 * 3600));
    var resumed = user.post(path(id) + "/resume").is(200).body();
    assertThat(resumed.path("next_due_at")).isEqualTo(skipped.path("next_due_at"));
  }

  @Test
  void a_new_rule_does_not_announce_what_was_skipped_before() {
    var id = templates.create();
    user.post(path(id) + "/skip").is(200);

    var rule = Map.of("frequency", "daily", "count", 5);
    var changed = user.patch(path(id), Map.of("recurrence_rule", rule)).is(200).body();

    assertThat(changed.path("next_due_at").asString()).isEqualTo("2099-07-02T07:00:00Z");
  }

  @Test
  void running_makes_a_task_at_once_and_leaves_the_schedule_alone() {
    var id =
        user.post(
                PATH,
                daily(
                    Map.of("lead_time", "PT2H", "remind_before", "PT1H", "tags", List.of("home"))))
            .is(201)
            .id();

    var answer = user.post(path(id) + "/run").is(201);

    var task = answer.body();
    assertThat(answer.headers().getLocation()).hasToString("/api/tasks/" + answer.id());
    assertThat(user.get("/api/tasks/" + answer.id()).is(200).body()).isEqualTo(task);
    assertThat(task.path("title").asString()).isEqualTo("Water the plants");
    assertThat(task.path("recurring_task_id").asString()).isEqualTo(id);
    assertThat(task.path("series_id").asString()).isEqualTo(id);
    assertThat(task.path("tags").get(0).asString()).isEqualTo("home");
    var due = Instant.parse(task.path("due_date").asString());
    assertThat(due).isBetween(Instant.now().plusSeconds(7100), Instant.now().plusSeconds(7200));
    assertThat(user.rows().timer("reminder", answer.id())).contains(due.minusSeconds(3600));
    assertThat(user.rows().eventTypes(answer.id())).containsExactly("task.created");
    assertThat(user.rows().events(answer.id()).get(0).changed()).contains("recurring_task_id");
    assertThat(user.get(path(id)).etag()).isEqualTo("\"1\"");
    assertThat(user.rows().eventTypes(id)).containsExactly("recurring_task.created");
    assertThat(templates.timer(id)).hasToString("Optional[2099-07-01T05:00:00Z]");
    assertThat(
            user.rows()
                .jdbc()
                .sql(
                    "SELECT concat_ws(' ', task_id, position, state) FROM occurrences WHERE series_id = :id")
                .param("id", id)
                .query(String.class)
                .list())
        .containsExactly(answer.id() + " 0 spawned");
  }

  @Test
  void running_again_makes_another_task_unless_it_is_the_same_request() {
    var id = templates.create();
    user.post(path(id) + "/pause").is(200);

    var first = user.post(path(id) + "/run", "{}", "Idempotency-Key", id).is(201).id();
    var again = user.post(path(id) + "/run", "{}", "Idempotency-Key", id).is(201).id();
    var other = user.post(path(id) + "/run").is(201).id();

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    var moved = Map.of("due_date", "2099-01-01T00:00:00Z");
    var body = user.patch("/api/tasks/" + first, moved).is(200).body();
    assertThat(body.path("series_id").asString()).isEqualTo(id);
  }

  @Test
  void skipping_the_last_occurrence_ends_the_template() {
    var rule = Map.of("recurrence_rule", Map.of("frequency", "daily", "count", 1));
    var id = user.post(PATH, daily(rule)).is(201).body().path("id").asString();

    var ended = user.post(path(id) + "/skip").is(200).body();

    assertThat(ended.path("is_active").asBoolean()).isFalse();
    assertThat(ended.path("ended_at").isString()).isTrue();
    assertThat(templates.timer(id)).isEmpty();
    assertThat(user.rows().eventTypes(id)).endsWith("recurring_task.ended");
    user.post(path(id) + "/resume").isProblem(409);
  }
}
