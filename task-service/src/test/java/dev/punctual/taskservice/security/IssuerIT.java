package dev.punctual.taskservice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.RunningService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** Production: tokens come from an issuer outside. */
class IssuerIT {

  @Test
  void an_issuers_tokens_are_believed_and_its_users_begin_with_their_first_write()
      throws Exception {
    try (var issuer = Issuer.start();
        var service = service(issuer)) {
      create(service, issuer.token("auth0|ann", Map.of())).is(201);
      create(service, issuer.token("auth0|ann", Map.of())).is(201);
      assertThat(users(service)).containsExactly("auth0|ann auth0|ann@user.invalid");

      create(service, issuer.token("auth0|ann", Map.of("exp", 1L))).isProblem(401);
      create(service, issuer.token("auth0|ann", Map.of("iss", "https://example.org")))
          .isProblem(401);
      create(service, issuer.token(" ", Map.of())).isProblem(401);
      create(service, issuer.forged("auth0|ann")).isProblem(401);
      var there =
          service
              .anonymous()
              .post()
              .uri("/auth/token")
              .contentType(MediaType.APPLICATION_JSON)
              .body("{\"user\": \"ann@example.com\"}")
              .exchange();
      assertThat(Answer.to(there).status()).isEqualTo(404);
    }
  }

  @Test
  void an_address_is_a_users_only_if_the_issuer_has_verified_it_and_nobody_else_has_it()
      throws Exception {
    var verified = Map.<String, Object>of("email", "ann@example.com", "email_verified", true);
    try (var issuer = Issuer.start();
        var service = service(issuer)) {
      create(service, issuer.token("eve", Map.of("email", "ann@example.com"))).is(201);
      create(service, issuer.token("ann", verified)).is(201);
      create(service, issuer.token("ann-at-work", verified)).is(201);
      create(service, issuer.token("bob", Map.of("email", "b".repeat(256), "email_verified", true)))
          .is(201);
      create(service, issuer.token("cat", Map.of("email", "", "email_verified", true))).is(201);

      assertThat(users(service))
          .containsExactlyInAnyOrder(
              "eve eve@user.invalid",
              "ann ann@example.com",
              "ann-at-work ann-at-work@user.invalid",
              "bob bob@user.invalid",
              "cat cat@user.invalid");
    }
  }

  @Test
  void while_the_issuer_is_away_a_token_is_neither_good_nor_bad() throws Exception {
    try (var issuer = Issuer.start();
        var service = service(issuer)) {
      issuer.away(true);
      var refused = create(service, issuer.token("ann", Map.of())).isProblem(503);
      assertThat(refused.headers().getFirst("Retry-After")).isNotBlank();

      issuer.away(false);
      create(service, issuer.token("ann", Map.of())).is(201);

      issuer.away(true);
      create(service, issuer.token("ann", Map.of())).is(201);
      issuer.changeKey();
      create(service, issuer.token("ann", Map.of())).isProblem(503);
    }
  }

  @Test
  void without_an_issuer_the_service_says_what_to_set_and_does_not_start() {
    assertThatThrownBy(() -> RunningService.start(Map.of("punctual.security.mode", "issuer")))
        .hasStackTraceContaining("Name who issues the tokens: set spring.security.oauth2");
  }

  private static Answer create(RunningService service, String token) {
    return Answer.to(
        service
            .anonymous()
            .post()
            .uri("/api/tasks")
            .header("Authorization", "Bearer " + token)
            .contentType(MediaType.APPLICATION_JSON)
            .body("{\"title\": \"a\"}")
            .exchange());
  }

  private static RunningService service(Issuer issuer) {
    return RunningService.start(
        Map.of(
            "punctual.security.mode",
            "issuer",
            "spring.security.oauth2.resourceserver.jwt.issuer-uri",
            issuer.url()));
  }

  private static List<String> users(RunningService service) {
    return service
        .database()
        .jdbc()
        .sql("SELECT id || ' ' || email FROM users")
        .query(String.class)
        .list();
  }
}
