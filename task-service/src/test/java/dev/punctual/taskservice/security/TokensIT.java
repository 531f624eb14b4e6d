package dev.punctual.taskservice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class TokensIT {

  private final RunningService service = RunningService.shared();

  @Test
  void without_a_valid_token_nothing_is_told() {
    var nobody = service.anonymous();

    var refused = Answer.to(nobody.get().uri("/api/tasks/x").exchange()).isProblem(401);
    assertThat(refused.headers().getFirst("WWW-Authenticate")).startsWith("Bearer");
    Answer.to(nobody.get().uri("/nowhere").exchange()).isProblem(401);
    Answer.to(nobody.get().uri("/api/tasks/x").header("Authorization", "Bearer a.b.c").exchange())
        .isProblem(401);
  }

  @Test
  void the_local_issuer_makes_the_user_and_knows_it_again_in_any_case() {
    var answer = token("Ann.Lee@Example.com").is(200);

    assertThat(answer.body().path("token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.body().path("expires_in").asLong()).isPositive();
    token("ann.lee@example.com").is(200);
    assertThat(
            service
                .database()
                .jdbc()
                .sql("SELECT name FROM users WHERE email = 'ann.lee@example.com'")
                .query(String.class)
                .list())
        .containsExactly("ann.lee");
  }

  @Test
  void a_token_is_issued_to_an_address_only() {
    token("nobody").isProblem(422).naming("user", "e-mail");
    // Longer in lower case.
    token("İ".repeat(200) + "@example.com").isProblem(422).naming("user", "255");
  }

  @Test
  void a_token_of_another_local_issuer_is_refused() {
    var other = new LocalTokens(LocalKey.in(""), InstantSource.system());
    var token = other.issue("somebody", "somebody@example.com");

    Answer.to(
            service
                .anonymous()
                .get()
                .uri("/api/me")
                .header("Authorization", "Bearer " + token)
                .exchange())
        .isProblem(401);
  }

  @Test
  void another_users_task_does_not_exist_and_no_event_comes_of_asking_for_it() {
    var owner = ApiUser.anybody(service);
    var id = owner.task(Map.of("title", "mine")).path("id").asString();
    var path = "/api/tasks/" + id;
    var other = ApiUser.anybody(service);
    var events = owner.rows().eventCount();

    other.get(path).isProblem(404);
    other.put(path, Map.of("title", "theirs")).isProblem(404);
    other.patch(path, Map.of("title", "theirs")).isProblem(404);
    other.post(path + "/complete").isProblem(404);
    other.post(path + "/reopen").isProblem(404);
    other.delete(path).isProblem(404);
    assertThat(owner.rows().eventCount()).isEqualTo(events);
  }

  private Answer token(String user) {
    return Answer.to(
        service
            .anonymous()
            .post()
            .uri("/auth/token")
            .contentType(MediaType.APPLICATION_JSON)
            .body("{\"user\": \"" + user + "\"}")
            .exchange());
  }
}
