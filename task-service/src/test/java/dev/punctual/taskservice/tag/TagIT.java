package dev.punctual.taskservice.tag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @Test
  void a_name_is_a_users_only_once() {
    var tag = user.post("/api/tags", Map.of("name", "home", "color", "#00FF00")).is(201).body();

    user.post("/api/tags", Map.of("name", "home")).isProblem(409);
    user.task(Map.of("title", "a", "tags", List.of("home", "new")));

    var tags = user.get("/api/tags").is(200).body().path("items");
    assertThat(tags.valueStream().map(t -> t.path("name").asString()))
        .containsExactly("home", "new");
    assertThat(tags.get(0)).isEqualTo(tag);
    assertThat(user.rows().eventTypes(tags.get(1).path("id").asString()))
        .containsExactly("tag.created");
    user.post("/api/tags", Map.of("name", "x", "color", "red")).isProblem(422).naming("color", "#");
  }

  @Test
  void renaming_a_tag_changes_no_task() {
    var task = user.task(Map.of("title", "a", "tags", List.of("hom")));
    var id = user.get("/api/tags").body().at("/items/0/id").asString();

    user.patch("/api/tags/" + id, Map.of("name", "home")).is(200);
    user.patch("/api/tags/" + id, Map.of("name", "home")).is(200);

    var renamed = user.get("/api/tasks/" + task.path("id").asString()).body();
    assertThat(renamed.path("tags").toString()).isEqualTo("[\"home\"]");
    assertThat(renamed.path("version").asLong()).isEqualTo(1);
    assertThat(user.rows().eventTypes(id)).containsExactly("tag.created", "tag.updated");
  }

  @Test
  void deleting_a_tag_tells_of_the_tasks_and_templates_that_lose_it_first() {
    var task = user.task(Map.of("title", "a", "tags", List.of("x", "y"))).path("id").asString();
    var template =
        user.post(
                "/api/recurring-tasks",
                Map.of(
                    "title",
                    "b",
                    "recurrence_rule",
                    Map.of("frequency", "daily"),
                    "start_at",
                    "2099-07-01T09:00:00",
                    "tags",
                    List.of("x")))
            .is(201)
            .body()
            .path("id")
            .asString();
    var tag = user.get("/api/tags").body().at("/items/0/id").asString();

    user.delete("/api/tags/" + tag).is(204);

    var changed = user.rows().events(task).get(1);
    assertThat(changed.type()).isEqualTo("task.updated");
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.changed()).containsExactly("tags");
    assertThat(changed.data().at("/task/tags").size()).isEqualTo(1);
    assertThat(user.get("/api/tasks/" + task).etag()).isEqualTo("\"2\"");
    assertThat(user.rows().events(template).get(1).changed()).containsExactly("tags");
    assertThat(user.get("/api/recurring-tasks/" + template).etag()).isEqualTo("\"2\"");
    assertThat(user.rows().eventTypes(tag)).containsExactly("tag.created", "tag.deleted");
    user.get("/api/tags/" + tag).isProblem(404);
  }

  @Test
  void another_users_tag_does_not_exist() {
    user.task(Map.of("title", "a", "tags", List.of("x")));
    var tag = "/api/tags/" + user.get("/api/tags").body().at("/items/0/id").asString();
    var other = ApiUser.anybody(RunningService.shared());
    var events = user.rows().eventCount();

    other.get(tag).isProblem(404);
    other.patch(tag, Map.of("name", "y")).isProblem(404);
    other.delete(tag).isProblem(404);
    assertThat(user.rows().eventCount()).isEqualTo(events);
    other.task(Map.of("title", "b", "tags", List.of("x")));
    assertThat("/api/tags/" + other.get("/api/tags").body().at("/items/0/id").asString())
        .isNotEqualTo(tag);
  }
}
