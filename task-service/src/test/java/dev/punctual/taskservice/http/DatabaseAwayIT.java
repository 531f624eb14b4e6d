package dev.punctual.taskservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import dev.punctual.testing.Stack;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseAwayIT {

  @Test
  void while_the_database_is_away_requests_are_refused_soon_and_served_again_after() {
    try (var service = RunningService.start(Map.of());
        var server = Stack.newEmptyDatabase()) {
      var user = ApiUser.anybody(service);
      var name = service.database().url().replaceAll(".*/([^/?]+)(\\?.*)?", "$1");
      user.task(Map.of("title", "before"));

      shut(server.jdbc(), name);
      var refused = user.post("/api/tasks", Map.of("title", "meanwhile")).isProblem(503);
      assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("1");
      user.post("/api/tasks", Map.of("title", "meanwhile"), "Idempotency-Key", "k").isProblem(503);
      user.get("/api/tasks").isProblem(503);
      assertThat(health(service, "readiness").status()).isEqualTo(503);
      assertThat(health(service, "liveness").status()).isEqualTo(200);

      server.jdbc().sql("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true").update();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> user.get("/api/tasks").status() == 200);
      assertThat(user.get("/api/tasks").body().path("items").size()).isEqualTo(1);
      assertThat(health(service, "readiness").status()).isEqualTo(200);
    }
  }

  private static void shut(JdbcClient server, String name) {
    server.sql("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false").update();
    server
        .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
        .param("name", name)
        .query()
        .listOfRows();
  }

  private static Answer health(RunningService service, String probe) {
    return Answer.to(service.anonymous().get().uri("/actuator/health/" + probe).exchange());
  }
}
