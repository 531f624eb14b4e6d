package dev.punctual.taskservice.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.punctual.event.Task;
import dev.punctual.taskservice.http.ProblemException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChainTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant NOW = Instant.parse("2026-11-19T12:00:00Z");
  private static final Instant DUE = Instant.parse("2026-11-20T09:00:00Z");
  private static final JsonNode RULE =
      new JsonMapper()
          .readTree(
              """
              {"frequency": "daily", "end_date": "2026-11-20"}""");
  private static final Series LAST =
      new Series("first", LocalDateTime.parse("2026-11-01T09:00:00"), 20);

  @Test
  void the_last_task_of_a_chain_may_be_put_off_beyond_its_end() {
    assertThat(moved("last", DUE.plusSeconds(86_400))).isEqualTo(LAST);
  }

  @Test
  void a_first_task_that_is_moved_beyond_the_end_has_nothing_to_count() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> moved("first", DUE.plusSeconds(86_400)));
  }

  @Test
  void no_task_of_a_chain_loses_the_due_date_that_its_rule_counts_from() {
    for (String id : List.of("first", "last")) {
      assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> moved(id, null));
    }
  }

  private static @Nullable Series moved(String id, @Nullable Instant due) {
    var task =
        new Task(
            id, "user", "a", null, false, null, "medium", DUE, null, List.of(), RULE, null, "first",
            List.of(), NOW, NOW);
    var fields = new TaskFields("a", null, false, "medium", due, List.of(), RULE, Set.<String>of());
    return Chain.after(new StoredTask(task, 1, LAST), fields, UTC, NOW);
  }
}
