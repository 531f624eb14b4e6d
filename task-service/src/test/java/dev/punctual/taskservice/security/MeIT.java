package dev.punctual.taskservice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.HashMap;
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
