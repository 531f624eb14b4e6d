package dev.punctual.taskservice.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TaskLifeIT {

  private static final String LATER = "2099-05-04T09:00:00Z";
  private static final String LATER_STILL = "2099-05-05T09:00:00Z";

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @Test
  void a_created_task_is_shown_with_its_place_and_its_version() {
    var answer =
        user.post(
                "/api/tasks",
                Map.of(
                    "title", " Water the plants ",
                    "priority", "high",
                    "due_date", "2099-05-04T11:00:00.1234567+02:00",
                    "tags", List.of("home", "garden", "home")))
            .is(201);

    var id = id(answer.body());
    assertThat(answer.headers().getLocation()).hasToString("/api/tasks/" + id);
    assertThat(answer.etag()).isEqualTo("\"1\"");
    var task = user.get("/api/tasks/" + id).is(200).body();
    assertThat(task).isEqualTo(answer.body());
    assertThat(task.path("title").asString()).isEqualTo("Water the plants");
    assertThat(task.path("due_date").asString()).isEqualTo("2099-05-04T09:00:00.123456Z");
    assertThat(task.path("tags").toString()).isEqualTo("[\"garden\",\"home\"]");
    assertThat(task.path("description").isNull()).isTrue();
    assertThat(user.rows().eventTypes(id)).containsExactly("task.created");
    var event = user.rows().events(id).get(0);
    assertThat(event.version()).isEqualTo(1);
    assertThat(event.changed()).containsExactly("title", "priority", "due_date", "tags");
    assertThat(event.data().at("/task/title").asString()).isEqualTo("Water the plants");
    assertThat(event.data().at("/cause/user_id").asString())
        .isEqualTo(event.data().at("/task/user_id").asString());
  }

  @Test
  void each_change_is_one_version_and_one_event() {
    var id = id(user.task(Map.of("title", "a", "description", "b")));

    user.patch("/api/tasks/" + id, "{\"title\": \"c\", \"description\": null}").is(200);
    var task = user.put("/api/tasks/" + id, Map.of("title", "d", "tags", List.of("t"))).is(200);

    assertThat(task.etag()).isEqualTo("\"3\"");
    assertThat(user.rows().eventTypes(id))
        .containsExactly("task.created", "task.updated", "task.updated");
    assertThat(user.rows().events(id).get(1).changed()).containsExactly("title", "description");
    assertThat(user.rows().events(id).get(2).changed()).containsExactly("title", "tags");
    assertThat(user.rows().events(id).get(2).version()).isEqualTo(3);
  }

  @Test
  void a_request_that_changes_nothing_writes_nothing() {
    var task = user.task(Map.of("title", "a", "due_date", LATER, "tags", List.of("x", "y")));
    var id = id(task);

    assertThat(user.put("/api/tasks/" + id, task).is(200).body()).isEqualTo(task);
    user.patch("/api/tasks/" + id, "{}").is(200);
    user.patch("/api/tasks/" + id, Map.of("tags", List.of("y", "x"))).is(200);
    assertThat(user.post("/api/tasks/" + id + "/reopen").is(200).etag()).isEqualTo("\"1\"");

    assertThat(user.rows().eventTypes(id)).containsExactly("task.created");
  }

  @Test
  void completing_twice_and_reopening_twice_is_as_once() {
    var id = id(user.task(Map.of("title", "a")));

    var completed = user.post("/api/tasks/" + id + "/complete").is(200);
    assertThat(completed.body().path("is_complete").asBoolean()).isTrue();
    assertThat(completed.body().path("completed_at").isString()).isTrue();
    assertThat(user.post("/api/tasks/" + id + "/complete").is(200).body())
        .isEqualTo(completed.body());
    user.post("/api/tasks/" + id + "/reopen").is(200);
    var reopened = user.post("/api/tasks/" + id + "/reopen").is(200);

    assertThat(reopened.body().path("completed_at").isNull()).isTrue();
    assertThat(user.rows().eventTypes(id))
        .containsExactly("task.created", "task.completed", "task.reopened");
  }

  @Test
  void a_deleted_task_is_gone_and_told_of_with_the_next_version() {
    var id = id(user.task(Map.of("title", "a", "remind_at", LATER, "tags", List.of("t"))));

    user.delete("/api/tasks/" + id).is(204);

    user.get("/api/tasks/" + id).isProblem(404);
    user.delete("/api/tasks/" + id).isProblem(404);
    assertThat(user.rows().eventTypes(id)).containsExactly("task.created", "task.deleted");
    var event = user.rows().events(id).get(1);
    assertThat(event.version()).isEqualTo(2);
    assertThat(event.data().at("/task/tags/0/name").asString()).isEqualTo("t");
    assertThat(user.rows().timer("reminder", id)).isEmpty();
  }

  @Test
  void a_change_for_another_version_is_refused() {
    var id = id(user.task(Map.of("title", "a")));
    var path = "/api/tasks/" + id;

    user.patch(path, Map.of("title", "b"), "If-Match", "\"1\"").is(200);
    var refused = user.patch(path, Map.of("title", "c"), "If-Match", "\"1\"").isProblem(412);
    user.delete(path, "If-Match", "\"1\"").isProblem(412);
    user.put(path, Map.of("title", "c"), "If-Match", "W/\"2\"").isProblem(412);
    user.patch(path, Map.of("title", "c"), "If-Match", "2").isProblem(400);

    assertThat(refused.etag()).isEqualTo("\"2\"");
    assertThat(user.get(path).body().path("title").asString()).isEqualTo("b");
    user.delete(path, "If-Match", "\"7\", \"2\"").is(204);
  }

  @Test
  void the_reminder_follows_the_task() {
    var id = id(user.task(Map.of("title", "a", "remind_at", LATER)));
    var path = "/api/tasks/" + id;
    assertThat(user.rows().timer("reminder", id)).contains(Instant.parse(LATER));

    user.patch(path, Map.of("remind_at", LATER_STILL)).is(200);
    assertThat(user.rows().timer("reminder", id)).contains(Instant.parse(LATER_STILL));
    user.post(path + "/complete").is(200);
    assertThat(user.rows().timer("reminder", id)).isEmpty();
    user.patch(path, Map.of("remind_at", LATER)).is(200);
    assertThat(user.rows().timer("reminder", id)).isEmpty();
    user.post(path + "/reopen").is(200);
    assertThat(user.rows().timer("reminder", id)).contains(Instant.parse(LATER));
    user.patch(path, "{\"remind_at\": null}").is(200);
    assertThat(user.rows().timer("reminder", id)).isEmpty();
  }

  @Test
  void a_past_reminder_fires_for_the_request_that_sets_it_and_for_no_other() {
    var past = Instant.parse("2020-01-01T00:00:00Z");
    var id = id(user.task(Map.of("title", "a", "remind_at", past.toString())));
    assertThat(user.rows().timer("reminder", id)).contains(past);

    user.post("/api/tasks/" + id + "/complete").is(200);
    user.post("/api/tasks/" + id + "/reopen").is(200);
    user.patch("/api/tasks/" + id, Map.of("title", "b")).is(200);

    assertThat(user.rows().timer("reminder", id)).isEmpty();
  }

  @Test
  void completing_a_recurring_task_owes_its_successor_until_it_is_reopened() {
    var task =
        user.task(
            Map.of(
                "title", "a", "due_date", LATER, "recurrence_rule", Map.of("frequency", "daily")));
    var id = id(task);
    assertThat(task.path("series_id").asString()).isEqualTo(id);

    user.post("/api/tasks/" + id + "/complete").is(200);
    assertThat(user.rows().timer("successor", id))
        .hasValueSatisfying(
            at -> assertThat(at).isAfter(Instant.now().minus(1, ChronoUnit.MINUTES)))
        .hasValueSatisfying(at -> assertThat(at).isBeforeOrEqualTo(Instant.now()));
    user.post("/api/tasks/" + id + "/reopen").is(200);
    assertThat(user.rows().timer("successor", id)).isEmpty();
  }

  @Test
  void what_was_read_can_be_sent_back_with_a_change_unless_it_changed_meanwhile() {
    var task = user.task(Map.of("title", "a"));
    var path = "/api/tasks/" + id(task);
    var changed = task.toString().replace("\"a\"", "\"b\"");

    assertThat(user.put(path, changed).is(200).body().path("title").asString()).isEqualTo("b");
    user.put(path, changed).isProblem(422).naming("version", "cannot be changed; it is 2");
    user.patch(path, "{\"is_complete\": true}").is(200);

    assertThat(user.rows().eventTypes(id(task))).endsWith("task.updated", "task.completed");
  }

  private static String id(JsonNode task) {
    return task.path("id").asString();
  }
}
