package dev.punctual.taskservice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** Production: tokens come from an issuer outside. */
class IssuerIT {

  @Test
  void an_issuers_tokens_are_believed_and_its_users_begin_with_their_first_write()
      throws IOException, JOSEException {
    var key = new RSAKeyGenerator(2048).keyID("k").generate();
    var issuer = serving(new JWKSet(key.toPublicJWK()).toString());
    try (var service =
        RunningService.start(
            Map.of(
                "punctual.security.mode",
                "issuer",
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys"))) {
      create(service, token(key, "auth0|ann", 60)).is(201);
      create(service, token(key, "auth0|ann", 60)).is(201);
      assertThat(
              service
                  .database()
                  .jdbc()
                  .sql("SELECT id || ' ' || email FROM users")
                  .query(String.class)
                  .list())
          .containsExactly("auth0|ann auth0|ann@example.com");

      create(service, token(key, "auth0|ann", -3600)).isProblem(401);
      create(service, token(key, " ", 60)).isProblem(401);
      create(service, token(new RSAKeyGenerator(2048).keyID("k").generate(), "auth0|ann", 60))
          .isProblem(401);
      var there =
          service
              .anonymous()
              .post()
              .uri("/auth/token")
              .contentType(MediaType.APPLICATION_JSON)
              .body("{\"user\": \"ann@example.com\"}")
              .exchange();
      assertThat(Answer.to(there).status()).isEqualTo(404);
    } finally {
      issuer.stop(0);
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

  private static String token(RSAKey key, String subject, int seconds) throws JOSEException {
    var claims =
        new JWTClaimsSet.Builder()
            .subject(subject)
            .claim("email", subject + "@example.com")
            .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
            .build();
    var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static HttpServer serving(String json) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          var bytes = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }
}
