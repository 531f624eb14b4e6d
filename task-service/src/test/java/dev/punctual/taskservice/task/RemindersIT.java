package dev.punctual.taskservice.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RemindersIT {

  private static final String DUE = "2099-05-04T09:00:00Z";
  private static final String HOUR_BEFORE = "2099-05-04T08:00:00Z";
  private static final String QUARTER_BEFORE = "2099-05-04T08:45:00Z";
  private static final String EVE = "2099-05-03T18:00:00Z";
  private static final List<Map<String, String>> THREE =
      List.of(Map.of("before", "PT15M"), Map.of("at", EVE), Map.of("before", "PT60M"));

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @Test
  void the_first_of_several_is_remind_at_and_has_the_timer() {
    var task = user.task(Map.of("title", "a", "due_date", DUE, "reminders", THREE));

    assertThat(task.path("remind_at").asString()).isEqualTo(EVE);
    assertThat(task.path("reminders").toString())
        .isEqualTo("[{\"before\":\"PT15M\"},{\"at\":\"%s\"},{\"before\":\"PT1H\"}]".formatted(EVE));
    assertThat(timer(task)).contains(Instant.parse(EVE));
    var created = user.rows().events(id(task)).get(0);
    assertThat(created.changed())
        .containsExactly("title", "priority", "due_date", "remind_at", "reminders");
    assertThat(created.data().at("/task/reminders")).isEqualTo(task.path("reminders"));
    assertThat(user.get(path(task)).body()).isEqualTo(task);
    assertThat(user.put(path(task), task).is(200).etag()).isEqualTo("\"1\"");
  }

  @Test
  void remind_at_alone_is_the_only_reminder() {
    var task = user.task(Map.of("title", "a", "due_date", DUE, "reminders", THREE));

    var one = user.patch(path(task), Map.of("remind_at", HOUR_BEFORE)).is(200).body();
    assertThat(one.path("reminders").toString()).isEqualTo("[{\"at\":\"" + HOUR_BEFORE + "\"}]");
    assertThat(timer(task)).contains(Instant.parse(HOUR_BEFORE));

    var none = user.patch(path(task), "{\"remind_at\": null}").is(200).body();
    assertThat(none.path("reminders").toString()).isEqualTo("[]");
    assertThat(timer(task)).isEmpty();
  }

  @Test
  void what_counts_from_the_due_date_moves_with_it() {
    var task =
        user.task(
            Map.of("title", "a", "due_date", DUE, "reminders", List.of(Map.of("before", "PT15M"))));
    assertThat(timer(task)).contains(Instant.parse(QUARTER_BEFORE));

    var moved = user.patch(path(task), Map.of("due_date", "2099-05-04T10:00:00Z")).is(200).body();
    assertThat(moved.path("remind_at").asString()).isEqualTo("2099-05-04T09:45:00Z");
    assertThat(moved.path("version").asInt()).isEqualTo(2);
    assertThat(timer(task)).contains(Instant.parse("2099-05-04T09:45:00Z"));
    assertThat(user.rows().events(id(task)).get(1).changed())
        .containsExactly("due_date", "remind_at");

    // Where the request only moves it, what is in the past then does not fire.
    user.patch(path(task), Map.of("due_date", "2020-01-01T00:00:00Z")).is(200);
    assertThat(timer(task)).isEmpty();
  }

  @Test
  void what_was_read_may_be_sent_back_with_another_due_date_or_another_first() {
    var task = user.task(Map.of("title", "a", "due_date", DUE, "reminders", THREE));

    var moved = (ObjectNode) task.deepCopy();
    moved.put("due_date", "2099-05-03T10:00:00Z");
    var answer = user.put(path(task), moved).is(200).body();
    assertThat(answer.path("remind_at").asString()).isEqualTo("2099-05-03T09:00:00Z");
    assertThat(answer.path("reminders")).isEqualTo(task.path("reminders"));

    var first = (ObjectNode) answer.deepCopy();
    first.put("remind_at", QUARTER_BEFORE);
    assertThat(user.put(path(task), first).is(200).body().path("reminders").toString())
        .isEqualTo("[{\"at\":\"" + QUARTER_BEFORE + "\"}]");
  }

  @Test
  void a_replacement_that_names_none_has_none() {
    var task = user.task(Map.of("title", "a", "due_date", DUE, "reminders", THREE));

    user.put(path(task), Map.of("title", "a")).is(200);

    assertThat(timer(task)).isEmpty();
    assertThat(user.get(path(task)).body().path("remind_at").isNull()).isTrue();
  }

  @Test
  void the_same_twice_is_one_and_a_single_instant_is_as_remind_at() {
    var task =
        user.task(Map.of("title", "a", "reminders", List.of(Map.of("at", EVE), Map.of("at", EVE))));
    assertThat(task.path("reminders").size()).isEqualTo(1);

    user.patch(path(task), Map.of("remind_at", EVE)).is(200);

    assertThat(user.rows().eventTypes(id(task))).containsExactly("task.created");
  }

  @Test
  void a_past_one_fires_for_the_request_that_sets_it_and_is_not_lost_by_another() {
    var past = "2020-01-01T00:00:00Z";
    var other = "2020-01-02T00:00:00Z";
    var task =
        user.task(
            Map.of("title", "a", "reminders", List.of(Map.of("at", past), Map.of("at", EVE))));
    assertThat(timer(task)).contains(Instant.parse(past));

    // It has not fired yet, so an edit of the others leaves it due.
    user.patch(
            path(task), Map.of("reminders", List.of(Map.of("at", past), Map.of("at", HOUR_BEFORE))))
        .is(200);
    assertThat(timer(task)).contains(Instant.parse(past));

    user.post(path(task) + "/complete").is(200);
    assertThat(timer(task)).isEmpty();
    user.post(path(task) + "/reopen").is(200);
    assertThat(timer(task)).contains(Instant.parse(HOUR_BEFORE));

    user.patch(
            path(task),
            Map.of(
                "reminders",
                List.of(Map.of("at", past), Map.of("at", other), Map.of("at", HOUR_BEFORE))))
        .is(200);
    assertThat(timer(task)).contains(Instant.parse(other));
  }

  @Test
  void what_is_wrong_is_named() {
    refused(Map.of("reminders", List.of(Map.of("at", EVE), Map.of("before", "soon"))))
        .naming("reminders[1].before", "PT15M");
    refused(Map.of("reminders", List.of(Map.of("before", "P367D"))))
        .naming("reminders[0].before", "PT8784H");
    refused(Map.of("reminders", List.of(Map.of("before", "-PT1M")))).naming("reminders[0].before");
    refused(Map.of("reminders", List.of(Map.of("at", "tomorrow")))).naming("reminders[0].at");
    refused(Map.of("reminders", List.of(Map.of("at", EVE, "before", "PT1M"))))
        .naming("reminders[0]", "one field");
    refused(Map.of("reminders", List.of(EVE))).naming("reminders[0]", "object");
    refused(Map.of("reminders", Map.of("at", EVE))).naming("reminders", "list");
    refused(Map.of("reminders", Collections.nCopies(11, Map.of("at", EVE))))
        .naming("reminders", "up to 10");
    refused(Map.of("reminders", List.of(Map.of("at", EVE), Map.of("before", "PT15M"))))
        .naming("reminders[1].before", "due_date");
    refused(Map.of("remind_at", HOUR_BEFORE, "reminders", List.of(Map.of("at", EVE))))
        .naming("remind_at", EVE);
    refused(
            Map.of(
                "due_date", "1970-01-02T00:00:00Z", "reminders", List.of(Map.of("before", "P2D"))))
        .naming("reminders[0].before", "1970");
    var task = user.task(Map.of("title", "a", "due_date", DUE, "reminders", THREE));
    user.patch(path(task), "{\"due_date\": null}")
        .isProblem(422)
        .naming("due_date", "reminders[0].before");
  }

  private Answer refused(Map<String, ?> fields) {
    var body = new HashMap<String, Object>(fields);
    body.put("title", "a");
    return user.post("/api/tasks", body).isProblem(422);
  }

  private Optional<Instant> timer(JsonNode task) {
    return user.rows().timer("reminder", id(task));
  }

  private static String path(JsonNode task) {
    return "/api/tasks/" + id(task);
  }

  private static String id(JsonNode task) {
    return task.path("id").asString();
  }
}
