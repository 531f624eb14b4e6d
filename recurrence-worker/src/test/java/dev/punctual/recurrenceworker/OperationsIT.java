package dev.punctual.recurrenceworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.testing.Stack;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationsIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Workers workers = new Workers(Stack.newDatabase());
  private final String alice = workers.given.user("UTC");

  @AfterEach
  void stop() {
    workers.close();
  }

  @Test
  void an_operator_sees_the_next_timers_the_metrics_and_the_health() {
    var now = workers.now();
    workers.given.template(alice, "{\"frequency\": \"daily\"}", now.minusSeconds(60), Map.of());
    for (int n = 1; n <= 12; n++) {
      workers.given.template(
          alice, "{\"frequency\": \"daily\"}", now.plusSeconds(3600L * n), Map.of());
    }
    workers.start(1);
    await().atMost(SOON).until(() -> workers.count("FROM tasks") == 1);
    var http = workers.actuator();

    await()
        .atMost(SOON)
        .untilAsserted(() -> http.get().uri("/health/readiness").exchange().expectStatus().isOk());
    http.get().uri("/health/liveness").exchange().expectStatus().isOk();
    http.get()
        .uri("/timers")
        .exchange()
        .expectBody()
        .jsonPath("$.pending")
        .isEqualTo(13)
        .jsonPath("$.next.length()")
        .isEqualTo(10)
        .jsonPath("$.next[0].kind")
        .isEqualTo("template");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        http.get()
                            .uri("/prometheus")
                            .exchange()
                            .expectBody(String.class)
                            .returnResult()
                            .getResponseBody())
                    .contains("punctual_timers_claimed_total{kind=\"template\"} 1.0")
                    .contains("punctual_timers_lateness_seconds_bucket")
                    .contains("punctual_timers_slots 64.0"));
  }

  @Test
  void a_worker_that_does_not_reach_kafka_lives_and_is_not_ready() {
    workers.start(1, Map.of("spring.kafka.bootstrap-servers", "localhost:1"));
    var http = workers.actuator();

    http.get().uri("/health/readiness").exchange().expectStatus().isEqualTo(503);
    http.get().uri("/health/liveness").exchange().expectStatus().isOk();
  }
}
