package dev.punctual.taskservice.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TaskListIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @BeforeEach
  void tasks() {
    user.task(
        Map.of(
            "title",
            "Pay rent",
            "priority",
            "urgent",
            "due_date",
            "2020-01-01T00:00:00Z",
            "tags",
            List.of("home", "money")));
    user.task(Map.of("title", "Call 100% Bob", "due_date", "2099-01-01T00:00:00Z"));
    user.task(
        Map.of(
            "title",
            "Sleep",
            "description",
            "bob snores",
            "priority",
            "low",
            "tags",
            List.of("home")));
    var done = user.task(Map.of("title", "Done", "due_date", "2020-02-01T00:00:00Z"));
    user.post("/api/tasks/" + done.path("id").asString() + "/complete").is(200);
    ApiUser.anybody(RunningService.shared()).task(Map.of("title", "Bob of another user"));
  }

  @Test
  void filters_narrow_the_list_together() {
    assertThat(titles("")).containsExactly("Done", "Sleep", "Call 100% Bob", "Pay rent");
    assertThat(titles("is_complete=true")).containsExactly("Done");
    assertThat(titles("priority=low&priority=urgent")).containsExactly("Sleep", "Pay rent");
    assertThat(titles("overdue=true")).containsExactly("Pay rent");
    assertThat(titles("overdue=false")).containsExactly("Done", "Sleep", "Call 100% Bob");
    assertThat(titles("due_from=2020-01-01T00:00:00Z&due_before=2020-02-01T00:00:00Z"))
        .containsExactly("Pay rent");
    assertThat(titles("tag=home")).containsExactly("Sleep", "Pay rent");
    assertThat(titles("tag=home&tag=money")).containsExactly("Pay rent");
    assertThat(titles("tag=home&is_complete=true")).isEmpty();
    assertThat(titles("q=BOB")).containsExactly("Sleep", "Call 100% Bob");
    assertThat(titles("q=0%25%20B")).containsExactly("Call 100% Bob");
    assertThat(titles("q=_leep")).isEmpty();
  }

  @Test
  void pages_follow_each_other_in_every_order_without_gaps() {
    for (var sort : TaskSort.NAMES) {
      var whole = titles("sort=" + sort);
      List<String> paged = new ArrayList<>();
      var cursor = "";
      do {
        var page = page("limit=1&sort=" + sort + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
        paged.addAll(titles(page));
        cursor = page.path("next_cursor").asString("");
      } while (!cursor.isEmpty());
      assertThat(paged).as(sort).hasSize(4).isEqualTo(whole);
    }
  }

  @Test
  void a_task_without_a_due_date_comes_last_either_way() {
    assertThat(titles("sort=due_date"))
        .containsExactly("Pay rent", "Done", "Call 100% Bob", "Sleep");
    assertThat(titles("sort=-due_date"))
        .containsExactly("Call 100% Bob", "Done", "Pay rent", "Sleep");
    assertThat(titles("sort=-priority").get(0)).isEqualTo("Pay rent");
  }

  private List<String> titles(String query) {
    return titles(page(query));
  }

  private static List<String> titles(JsonNode page) {
    return page.path("items").valueStream().map(task -> task.path("title").asString()).toList();
  }

  private JsonNode page(String query) {
    return user.get("/api/tasks?" + query).is(200).body();
  }
}
