package dev.punctual.taskservice.recurringtask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecurringTaskIT {

  private static final String PATH = "/api/recurring-tasks";

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

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
    assertThat(timer(id)).hasToString("Optional[2099-07-01T05:00:00Z]");
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
    var id = create();

    var renamed = user.patch(path(id), Map.of("title", "b", "lead_time", "P1D")).is(200).body();
    assertThat(renamed.path("next_due_at").asString()).isEqualTo("2099-07-01T07:00:00Z");
    assertThat(timer(id)).hasToString("Optional[2099-06-30T07:00:00Z]");
    var moved =
        user.patch(path(id), Map.of("time_zone", "UTC", "start_at", "2099-08-01T06:00:00")).body();

    assertThat(moved.path("next_due_at").asString()).isEqualTo("2099-08-01T06:00:00Z");
    assertThat(timer(id)).hasToString("Optional[2099-07-31T06:00:00Z]");
    assertThat(user.patch(path(id), moved.toString()).is(200).etag()).isEqualTo("\"3\"");
    assertThat(user.rows().events(id).get(1).changed()).containsExactly("title", "lead_time");
    assertThat(user.rows().events(id).get(2).changed())
        .containsExactlyInAnyOrder("start_at", "next_due_at", "time_zone");
  }

  @Test
  void a_paused_template_has_no_timer_until_it_is_resumed() {
    var id = create();

    assertThat(user.post(path(id) + "/pause").is(200).body().path("is_active").asBoolean())
        .isFalse();
    user.post(path(id) + "/pause").is(200);
    assertThat(timer(id)).isEmpty();
    user.post(path(id) + "/resume").is(200);

    assertThat(timer(id)).isPresent();
    assertThat(user.rows().eventTypes(id)).hasSize(3);
  }

  @Test
  void skipping_leaves_out_one_occurrence_and_remembers_it() {
    var id = create();

    var skipped = user.post(path(id) + "/skip").is(200).body();

    assertThat(skipped.path("next_due_at").asString()).isEqualTo("2099-07-02T07:00:00Z");
    assertThat(timer(id)).hasToString("Optional[2099-07-02T07:00:00Z]");
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
    var id = create();
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
    var id = create();
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
    assertThat(timer(id)).hasToString("Optional[2099-07-01T05:00:00Z]");
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
    var id = create();
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
  void a_task_appears_early_enough_for_its_reminder() {
    var created = user.post(PATH, daily(Map.of("remind_before", "PT15M"))).is(201);
    assertThat(created.body().path("lead_time").asString()).isEqualTo("PT15M");
    assertThat(timer(created.id())).hasToString("Optional[2099-07-01T06:45:00Z]");

    user.post(PATH, daily(Map.of("remind_before", "PT15M", "lead_time", "PT5M")))
        .isProblem(422)
        .naming("remind_before", "make lead_time at least PT15M");
    user.patch(path(created.id()), Map.of("lead_time", "PT0S"))
        .isProblem(422)
        .naming("remind_before", "longer than lead_time");
    user.patch(path(created.id()), "{\"lead_time\": \"PT0S\", \"remind_before\": null}").is(200);
  }

  @Test
  void what_is_for_a_tasks_own_rule_is_refused_and_says_where_it_belongs() {
    var rule = Map.of("text", "three days after I finish it");
    user.post(PATH, daily(Map.of("recurrence_rule", rule)))
        .isProblem(422)
        .naming("recurrence_rule.anchor", "POST /api/tasks");
    user.post(
            PATH, daily(Map.of("recurrence_rule", Map.of("frequency", "daily", "catch_up", "all"))))
        .isProblem(422)
        .naming("recurrence_rule.catch_up", "beside");
  }

  @Test
  void skipping_the_last_occurrence_ends_the_template() {
    var rule = Map.of("recurrence_rule", Map.of("frequency", "daily", "count", 1));
    var id = user.post(PATH, daily(rule)).is(201).body().path("id").asString();

    var ended = user.post(path(id) + "/skip").is(200).body();

    assertThat(ended.path("is_active").asBoolean()).isFalse();
    assertThat(ended.path("ended_at").isString()).isTrue();
    assertThat(timer(id)).isEmpty();
    assertThat(user.rows().eventTypes(id)).endsWith("recurring_task.ended");
    user.post(path(id) + "/resume").isProblem(409);
  }

  @Test
  void deleting_a_template_leaves_its_tasks_and_tells_of_their_change_first() {
    var id = create();
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
    assertThat(timer(id)).isEmpty();
    user.get(path(id)).isProblem(404);
  }

  @Test
  void another_users_template_does_not_exist() {
    var id = create();
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

  private java.util.Optional<Instant> timer(String id) {
    return user.rows().timer("template", id);
  }

  private String create() {
    return user.post(PATH, daily(Map.of())).is(201).body().path("id").asString();
  }

  private static String path(String id) {
    return PATH + "/" + id;
  }

  private static Map<String, Object> daily(Map<String, ?> more) {
    Map<String, Object> fields =
        new HashMap<>(
            Map.of(
                "title", "Water the plants",
                "recurrence_rule", Map.of("frequency", "daily"),
                "start_at", "2099-07-01T09:00:00",
                "time_zone", "Europe/Berlin"));
    fields.putAll(more);
    return fields;
  }
}
