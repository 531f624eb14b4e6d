package dev.punctual.taskservice.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdempotencyIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @Test
  void a_repeated_request_gets_the_first_answer_and_writes_nothing() {
    var first = create("key", "a").is(201);
    var repeated = create("key", "a").is(201);

    assertThat(repeated.text()).isEqualTo(first.text());
    assertThat(repeated.etag()).isEqualTo(first.etag());
    assertThat(repeated.headers().getLocation()).isEqualTo(first.headers().getLocation());
    assertThat(repeated.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
    assertThat(titles()).containsExactly("a");
  }

  @Test
  void a_key_stands_for_one_request() {
    create("key", "a").is(201);

    create("key", "b").isProblem(422);

    create("another", "b").is(201);
    assertThat(
            ApiUser.anybody(RunningService.shared())
                .post("/api/tasks", Map.of("title", "b"), "Idempotency-Key", "key")
                .status())
        .isEqualTo(201);
    create(" ", "c").is(400);
  }

  @Test
  void a_refused_request_claims_no_key() {
    create("key", "").isProblem(422);

    create("key", "a").is(201);
    assertThat(titles()).containsExactly("a");
  }

  @Test
  void twins_at_the_same_time_are_one_request() {
    var answers =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> create("key", "a")))
            .limit(4)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(answers.stream().map(Answer::text).distinct()).hasSize(1);
    assertThat(titles()).containsExactly("a");
  }

  @Test
  void a_key_counts_by_whichever_spelling_the_service_is_reached() {
    var spelt = "/%61pi/tasks";
    var first = user.post(spelt, Map.of("title", "a"), "Idempotency-Key", "key").is(201);

    assertThat(user.post(spelt, Map.of("title", "a"), "Idempotency-Key", "key").text())
        .isEqualTo(first.text());
    assertThat(titles()).containsExactly("a");
  }

  @Test
  void after_a_day_a_key_goes_with_whoever_comes_next() {
    create("old", "a").is(201);
    create("young", "b").is(201);
    user.rows()
        .jdbc()
        .sql(
            "UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'old'")
        .update();

    ApiUser.anybody(RunningService.shared())
        .post("/api/tasks", Map.of("title", "c"), "Idempotency-Key", "key")
        .is(201);

    assertThat(
            user.rows()
                .jdbc()
                .sql(
                    """
                    SELECT key FROM idempotency_keys k JOIN users u ON u.id = k.user_id WHERE u.email = :email
                    """)
                .param("email", user.email())
                .query(String.class)
                .list())
        .containsExactly("young");
    create("old", "d").is(201);
  }

  private Answer create(String key, String title) {
    return user.post("/api/tasks", Map.of("title", title), "Idempotency-Key", key);
  }

  private List<String> titles() {
    return user.get("/api/tasks")
        .is(200)
        .body()
        .path("items")
        .valueStream()
        .map(task -> task.path("title").asString())
        .toList();
  }
}
