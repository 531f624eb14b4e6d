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

class RecurringTaskIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());
  private final GivenTemplates templates = new GivenTemplates(user);

  @Test
  void a_template_is_due_at_its_first_occurrence_and_spawns_its_lead_time_before() {
    var answer =
        user.post(
                PATH,
                daily(
                    Map.of(
                        "lead_time", "PT2H",
                        "remind_before", "PT15M",
                        "tags", List.of("home"),
                        "priority", "high")))
            .is(201);

    var template = answer.body();
    var id = template.path("id").asString();
    assertThat(answer.headers().getLocation()).hasToString(PATH + "/" + id);
    assertThat(answer.etag()).isEqualTo("\"1\"");
    assertThat(template.path("next_due_at").asString()).isEqualTo("2099-07-01T07:00:00Z");
    assertThat(template.path("start_at").asString()).isEqualTo("2099-07-01T09:00:00");
    assertThat(template.path("lead_time").asString()).isEqualTo("PT2H");
    assertThat(user.get(PATH + "/" + id).is(200).body()).isEqualTo(template);
    assertThat(user.get(PATH).is(200).body().path("items").get(0)).isEqualTo(template);
    assertThat(templates.timer(id)).hasToString("Optional[2099-07-01T05:00:00Z]");
    assertThat(user.rows().eventTypes(id)).containsExactly("recurring_task.created");
  }

  @Test
  void a_start_in_the_past_makes_nothing_up() {
    var template = user.post(PATH, daily(Map.of("start_at", "2020-01-01T09:00:00"))).is(201).body();

    var next = Instant.parse(template.path("next_due_at").asString());
    assertThat(next).isAfter(Instant.now()).isBefore(Instant.now().plusSeconds(25 * 3600));
  }

  @Test
  void a_template_that_could_never_spawn_is_refused() {
    user.post(PATH, Map.of("title", "a", "recurrence_rule", Map.of("frequency", "daily")))
        .isProblem(422)
        .naming("start_at", "is required");
    user.post(
            PATH,
            daily(
                Map.of(
                    "start_at",
                    "2020-01-01T09:00:00",
                    "recurrence_rule",
                    Map.of("frequency", "daily", "count", 3))))
        .isProblem(422)
        .naming("recurrence_rule", "no occurrence after now");
    user.post(
            PATH, Map.of("title", "a", "lead_time", "-PT1S", "time_zone", "Mars", "catch_up", "x"))
        .isProblem(422)
        .naming("recurrence_rule", "is required")
        .naming("lead_time", "PT15M")
        .naming("time_zone", "IANA")
        .naming("catch_up", "latest, all, none");
  }

  @Test
  void a_changed_rule_begins_anew_and_another_change_does_not() {
    var id = templates.create();

    var renamed = user.patch(path(id), Map.of("title", "b", "lead_time", "P1D")).is(200).body();
    assertThat(renamed.path("next_due_at").asString()).isEqualTo("2099-07-01T07:00:00Z");
    assertThat(templates.timer(id)).hasToString("Optional[2099-06-30T07:00:00Z]");
    var moved =
        user.patch(path(id), Map.of("time_zone", "UTC", "start_at", "2099-08-01T06:00:00")).body();

    assertThat(moved.path("next_due_at").asString()).isEqualTo("2099-08-01T06:00:00Z");
    assertThat(templates.timer(id)).hasToString("Optional[2099-07-31T06:00:00Z]");
    assertThat(user.patch(path(id), moved.toString()).is(200).etag()).isEqualTo("\"3\"");
    assertThat(user.rows().events(id).get(1).changed()).containsExactly("title", "lead_time");
    assertThat(user.rows().events(id).get(2).changed())
        .containsExactlyInAnyOrder("start_at", "next_due_at", "time_zone");
  }

  @Test
  void a_task_appears_early_enough_for_its_reminder() {
    var created = user.post(PATH, daily(Map.of("remind_before", "PT15M"))).is(201);
    assertThat(created.body().path("lead_time").asString()).isEqualTo("PT15M");
    assertThat(templates.timer(created.id())).hasToString("Optional[2099-07-01T06:45:00Z]");

    user.post(PATH, daily(Map.of("remind_before", "PT15M", "lead_time", "PT5M")))
        .isProblem(422)
        .naming("remind_before", "make lead_time at least PT15M");
    user.patch(path(created.id()), Map.of("lead_time", "PT0S"))
        .isProblem(422)
        .naming("remind_before", "longer than lead_time");
    user.patch(path(created.id()), "{\"lead_time\": \"PT0S\", \"remind_before\": null}").is(200);
  }

  @Test
  void a_lead_time_that_would_bring_very_many_tasks_at_once_is_refused() {
    var everyMinute = Map.of("recurrence_rule", Map.of("cron", "* * * * *"), "lead_time", "P366D");
    user.post(PATH, daily(everyMinute))
        .isProblem(422)
        .naming("lead_time", "more than 1000 occurrences", "make it PT16H39M at most");
    var id = user.post(PATH, daily(Map.of("lead_time", "P366D"))).is(201).id();
    user.patch(path(id), Map.of("recurrence_rule", Map.of("cron", "* * * * *")))
        .isProblem(422)
        .naming("lead_time", "or the rule rarer");

    user.patch(
            path(id),
            Map.of("recurrence_rule", Map.of("cron", "* * * * *"), "lead_time", "PT16H39M"))
        .is(200);
  }

  @Test
  void a_template_of_very_many_tasks_is_deleted_in_steps_that_each_are_complete() {
    var id = templates.create();
    user.rows()
        .jdbc()
        .sql(
            """
            INSERT INTO tasks (id, user_id, title, recurring_task_id)
            SELECT r.id || n, r.user_id, 'a', r.id FROM recurring_tasks r, generate_series(1, 1100) n
            WHERE r.id = :id
            """)
        .param("id", id)
        .update();

    user.delete(path(id)).is(204);

    assertThat(
            user.rows()
                .jdbc()
                .sql(
                    """
                    SELECT concat_ws(' ', count(*), count(DISTINCT xmin::text), max(version), count(recurring_task_id))
                    FROM tasks WHERE id LIKE :id || '%'
                    """)
                .param("id", id)
                .query(String.class)
                .single())
        .isEqualTo("1100 3 2 0");
    assertThat(user.rows().eventTypes(id + "1100")).containsExactly("task.updated");
    assertThat(user.rows().eventTypes(id)).endsWith("recurring_task.deleted");
  }

  @Test
  void what_is_for_a_tasks_own_rule_is_refused_and_says_where_it_belongs() {
    var rule = Map.of("text", "three days after I finish it");
    user.post(PATH, daily(Map.of("recurrence_rule", rule)))
        .isProblem(422)
        .naming("recurrence_rule.text", "counted from completion", "POST /api/tasks");
    user.post(
            PATH, daily(Map.of("recurrence_rule", Map.of("frequency", "daily", "catch_up", "all"))))
        .isProblem(422)
        .naming("recurrence_rule.catch_up", "beside");
  }

  @Test
  void deleting_a_template_leaves_its_tasks_and_tells_of_their_change_first() {
    var id = templates.create();
    var task = user.task(Map.of("title", "spawned")).path("id").asString();
    user.rows()
        .jdbc()
        .sql("UPDATE tasks SET recurring_task_id = :id WHERE id = :task")
        .param("id", id)
        .param("task", task)
        .update();

    user.delete(path(id)).is(204);

    var orphan = user.get("/api/tasks/" + task).is(200).body();
    assertThat(orphan.path("recurring_task_id").isNull()).isTrue();
    assertThat(orphan.path("version").asLong()).isEqualTo(2);
    assertThat(user.rows().events(task).get(1).changed()).containsExactly("recurring_task_id");
    assertThat(user.rows().eventTypes(id))
        .containsExactly("recurring_task.created", "recurring_task.deleted");
    assertThat(templates.timer(id)).isEmpty();
    user.get(path(id)).isProblem(404);
  }

  @Test
  void another_users_template_does_not_exist() {
    var id = templates.create();
    var other = ApiUser.anybody(RunningService.shared());

    other.get(path(id)).isProblem(404);
    other.patch(path(id), Map.of("title", "b")).isProblem(404);
    other.post(path(id) + "/pause").isProblem(404);
    other.post(path(id) + "/resume").isProblem(404);
    other.post(path(id) + "/skip").isProblem(404);
    other.post(path(id) + "/run").isProblem(404);
    other.delete(path(id)).isProblem(404);
    assertThat(other.get(PATH).body().path("items").size()).isZero();
  }
}
