package dev.punctual.taskservice.tag;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
  void a_tag_that_very_many_tasks_carry_is_deleted_in_steps_that_each_are_complete() {
    user.post("/api/tags", Map.of("name", "x")).is(201);
    var tag = user.get("/api/tags").body().at("/items/0/id").asString();
    var jdbc = user.rows().jdbc();
    jdbc.sql(
            """
            WITH made AS (
              INSERT INTO tasks (id, user_id, title)
              SELECT g.id || n, g.user_id, 'a' FROM tags g, generate_series(1, 1100) n WHERE g.id = :tag
              RETURNING id)
            INSERT INTO task_tags (task_id, tag_id) SELECT id, :tag FROM made
            """)
        .param("tag", tag)
        .update();

    user.delete("/api/tags/" + tag, "Idempotency-Key", tag).is(204);

    assertThat(
            jdbc.sql(
                    """
                    SELECT concat_ws(' ', count(*), count(DISTINCT xmin::text), min(version)) FROM tasks
                    WHERE id LIKE :tag || '%'
                    """)
                .param("tag", tag)
                .query(String.class)
                .single())
        .isEqualTo("1100 3 2");
    assertThat(user.rows().eventTypes(tag + "1100")).containsExactly("task.updated");
    assertThat(user.rows().eventTypes(tag)).containsExactly("tag.created", "tag.deleted");
  }

  @Test
  void a_tag_goes_from_what_deleted_tasks_owe_too() {
    var task =
        user.task(
                Map.of(
                    "title",
                    "a",
                    "tags",
                    List.of("x", "y"),
                    "due_date",
                    "2099-05-04T09:00:00Z",
                    "recurrence_rule",
                    Map.of("frequency", "daily")))
            .path("id")
            .asString();
    var tag = user.get("/api/tags").body().at("/items/0/id").asString();
    user.post("/api/tasks/" + task + "/complete").is(200);
    user.delete("/api/tasks/" + task).is(204);
    // A worker is just making the successor, with both tags.
    var successor = "successor-of-" + task;
    var deletion =
        requireNonNull(
            user.rows()
                .transactions()
                .execute(
                    status -> {
                      var jdbc = user.rows().jdbc();
                      jdbc.sql("SELECT id FROM tags WHERE id = :tag FOR KEY SHARE")
                          .param("tag", tag)
                          .query(String.class)
                          .single();
                      jdbc.sql(
                              """
                          WITH paid AS (DELETE FROM owed_successors WHERE task_id = :task RETURNING user_id, tag_ids),
                          made AS (INSERT INTO tasks (id, user_id, title) SELECT :successor, user_id, 'a' FROM paid)
                          INSERT INTO task_tags (task_id, tag_id) SELECT :successor, unnest(tag_ids) FROM paid
                          """)
                          .param("task", task)
                          .param("successor", successor)
                          .update();
                      var answer =
                          CompletableFuture.supplyAsync(() -> user.delete("/api/tags/" + tag));
                      await().until(() -> user.rows().anyoneWaitsForALock());
                      return answer;
                    }));

    deletion.join().is(204);
    var shown = user.get("/api/tasks/" + successor).is(200).body();
    assertThat(shown.path("tags").size()).isEqualTo(1);
    assertThat(shown.path("version").asInt()).isEqualTo(2);
    assertThat(user.rows().events(successor).get(0).changed()).containsExactly("tags");
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
