package dev.punctual.taskservice.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.Rows;
import dev.punctual.taskservice.RunningService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConcurrentWritesIT {

  private static final int WRITERS = 8;

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @Test
  void concurrent_changes_get_consecutive_versions_and_events_in_their_order() {
    var id = user.task(Map.of("title", "a")).path("id").asString();

    atOnce(n -> user.patch("/api/tasks/" + id, Map.of("title", "b" + n)))
        .forEach(answer -> answer.is(200));

    assertThat(user.rows().events(id).stream().map(Rows.Waiting::version))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, WRITERS + 1).boxed().toList());
  }

  @Test
  void of_concurrent_changes_of_one_version_one_wins() {
    var id = user.task(Map.of("title", "a")).path("id").asString();

    var answers =
        atOnce(n -> user.patch("/api/tasks/" + id, Map.of("title", "b" + n), "If-Match", "\"1\""));

    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 412)).hasSize(WRITERS - 1);
  }

  @Test
  void a_tag_that_is_deleted_while_tasks_take_it_never_goes_silently() {
    var ids =
        IntStream.range(0, WRITERS)
            .mapToObj(n -> user.task(Map.of("title", "a" + n)).path("id").asString())
            .toList();
    user.post("/api/tags", Map.of("name", "x")).is(201);
    var tag = user.get("/api/tags").body().at("/items/0/id").asString();

    atOnce(
            n ->
                n == 3
                    ? user.delete("/api/tags/" + tag)
                    : user.patch("/api/tasks/" + ids.get(n), Map.of("tags", List.of("x"))))
        .forEach(answer -> assertThat(answer.status()).isIn(200, 204));

    for (var id : ids) {
      var events = user.rows().events(id);
      var last = events.get(events.size() - 1).data().path("task").path("tags");
      var shown = user.get("/api/tasks/" + id).body();
      assertThat(shown.path("tags").size()).isEqualTo(last.size());
      assertThat(shown.path("version").asInt()).isEqualTo(events.size());
    }
  }

  private static List<Answer> atOnce(IntFunction<Answer> write) {
    return IntStream.range(0, WRITERS)
        .mapToObj(n -> CompletableFuture.supplyAsync(() -> write.apply(n)))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }
}
