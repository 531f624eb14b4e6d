package dev.punctual.taskservice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @Test
  void a_user_is_in_utc_until_they_say_where() {
    assertThat(user.get("/api/me").is(200).body().path("time_zone").asString()).isEqualTo("UTC");
    user.patch("/api/me", Map.of("time_zone", "Middle/Earth")).isProblem(422).naming("time_zone");

    var moved = user.patch("/api/me", Map.of("time_zone", "Asia/Tokyo", "name", "Ann")).is(200);

    assertThat(user.get("/api/me").body()).isEqualTo(moved.body());
    assertThat(moved.body().path("name").asString()).isEqualTo("Ann");
    assertThat(moved.body().path("email").asString()).isEqualTo(user.email());
  }

  @Test
  void templates_without_a_zone_of_their_own_keep_their_local_time() {
    var follows = template(Map.of());
    var stays = template(Map.of("time_zone", "UTC"));

    user.patch("/api/me", Map.of("time_zone", "Asia/Tokyo")).is(200);

    assertThat(nextDueAt(follows)).isEqualTo("2099-07-01T00:00:00Z");
    assertThat(user.rows().timer("template", follows))
        .hasToString("Optional[2099-07-01T00:00:00Z]");
    assertThat(user.rows().events(follows).get(1).changed()).containsExactly("next_due_at");
    assertThat(nextDueAt(stays)).isEqualTo("2099-07-01T09:00:00Z");
    assertThat(user.rows().eventTypes(stays)).hasSize(1);
  }

  @Test
  void who_leaves_is_gone_with_everything_and_one_event_tells_of_it() {
    var id = user.get("/api/me").body().path("id").asString();
    var task =
        user.task(
                Map.of("title", "a", "tags", List.of("home"), "remind_at", "2099-01-01T00:00:00Z"))
            .path("id")
            .asString();
    var template = template(Map.of());
    var other = ApiUser.anybody(RunningService.shared());
    var kept = other.task(Map.of("title", "b", "remind_at", "2099-01-01T00:00:00Z"));

    user.delete("/api/me").is(204);

    assertThat(user.rows().eventTypes(id)).containsExactly("user.deleted");
    assertThat(user.rows().eventTypes(task)).containsExactly("task.created");
    assertThat(user.rows().timer("reminder", task)).isEmpty();
    assertThat(user.rows().timer("template", template)).isEmpty();
    assertThat(
            user.rows()
                .jdbc()
                .sql(
                    "SELECT count(*) FROM users JOIN tasks ON tasks.user_id = users.id WHERE users.id = :id")
                .param("id", id)
                .query(Long.class)
                .single())
        .isZero();
    assertThat(user.rows().timer("reminder", kept.path("id").asString())).isPresent();
    other.get("/api/tasks/" + kept.path("id").asString()).is(200);
  }

  @Test
  void a_token_of_who_has_left_brings_nobody_back() {
    user.task(Map.of("title", "a"));
    user.delete("/api/me").is(204);

    user.post("/api/tasks", Map.of("title", "b")).isProblem(401);
    user.post("/api/tasks", Map.of("title", "b"), "Idempotency-Key", "k").isProblem(401);
    user.get("/api/me").isProblem(401);
    user.delete("/api/me").is(204);
    assertThat(
            user.rows()
                .jdbc()
                .sql("SELECT count(*) FROM users WHERE email = :email")
                .param("email", user.email())
                .query(Long.class)
                .single())
        .isZero();
  }

  private String nextDueAt(String id) {
    return user.get("/api/recurring-tasks/" + id).body().path("next_due_at").asString();
  }

  private String template(Map<String, String> more) {
    var fields =
        new HashMap<String, Object>(
            Map.of(
                "title", "a",
                "recurrence_rule", Map.of("frequency", "daily"),
                "start_at", "2099-07-01T09:00:00"));
    fields.putAll(more);
    return user.post("/api/recurring-tasks", fields).is(201).body().path("id").asString();
  }
}
