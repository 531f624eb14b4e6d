package dev.punctual.taskservice.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.Answer;
import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;

class BadInputIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());
  private long eventsBefore;

  @BeforeEach
  void count_the_events() {
    eventsBefore = user.rows().eventCount();
  }

  @AfterEach
  void nothing_was_written() {
    assertThat(user.rows().eventCount()).isEqualTo(eventsBefore);
    assertThat(user.get("/api/tasks").is(200).body().path("items").size()).isZero();
  }

  @Test
  void every_wrong_field_is_named_in_one_answer() {
    user.post(
            "/api/tasks",
            """
            {"title": "  ", "priority": "hot", "due_date": "tomorrow", "remind_at": 5, "tags": ["a", 7], "colour": 1,
             "is_complete": true, "description": null}
            """)
        .isProblem(422)
        .naming("title", "must not be empty")
        .naming("priority", "low, medium, high, urgent")
        .naming("due_date", "2026-12-24T09:00:00Z")
        .naming("remind_at", "must be an instant")
        .naming("tags[1]", "must be a text")
        .naming("colour", "is unknown", "title, description, priority")
        .naming("is_complete", "is unknown");
  }

  @Test
  void a_title_is_required_and_has_200_characters_at_most() {
    user.post("/api/tasks", "{}").isProblem(422).naming("title", "is required");
    user.post("/api/tasks", "{\"title\": null}").isProblem(422).naming("title", "not be null");
    user.post("/api/tasks", Map.of("title", "😀".repeat(201)))
        .isProblem(422)
        .naming("title", "longer than 200");
  }

  @Test
  void what_postgres_cannot_store_is_refused() {
    user.post("/api/tasks", "{\"title\": \"a\\u0000b\"}").isProblem(422).naming("title", "U+0000");
    user.post("/api/tasks", "{\"title\": \"a\\ud800\"}")
        .isProblem(422)
        .naming("title", "surrogate");
    user.post("/api/tasks", Map.of("title", "a", "tags", List.of("x\0")))
        .isProblem(422)
        .naming("tags[0]", "U+0000");
    user.post("/api/tasks", Map.of("title", "a", "due_date", "+99999-01-01T00:00:00Z"))
        .isProblem(422)
        .naming("due_date", "years");
    user.get("/api/tasks?q=%00").isProblem(400).naming("q", "U+0000");
    user.get("/api/tasks/a%00b").isProblem(400);
  }

  @Test
  void malformed_json_is_told_with_its_place() {
    var problem = user.post("/api/tasks", "{\"title\": \"a\",\n oops}").isProblem(400);
    assertThat(problem.body().path("detail").asString()).contains("line 2");
    user.post("/api/tasks", "[]").isProblem(400);
    user.post("/api/tasks", "").isProblem(400);
    user.post("/api/tasks", "{\"title\": \"a\"} {}").isProblem(400);
    user.post("/api/tasks", "{\"title\": \"a\", \"title\": \"b\"}").isProblem(400);
    user.post("/api/tasks", "{\"a\": " + "[".repeat(1000) + "]".repeat(1000) + "}").isProblem(400);
  }

  @Test
  void what_is_wrong_with_json_is_told_without_the_parsers_own_names() {
    for (var body : List.of("", "{", "{}{}", "[".repeat(99), "{\"a\":", "{\"a\": tru}")) {
      var detail = user.post("/api/tasks", body).isProblem(400).body().path("detail").asString();
      assertThat(detail)
          .as(body)
          .startsWith("The body could not be read: ")
          .doesNotContain("Feature", "Constraints", "jackson", "REDACTED");
    }
  }

  @Test
  void a_body_where_none_is_read_is_not_ignored() {
    user.post("/api/notifications/read", "garbage{").isProblem(400);
    user.post("/api/notifications/read", "{\"up_to\": \"x\"}")
        .isProblem(422)
        .naming("up_to", "is unknown", "no fields");
    user.post("/api/notifications/read", "{}").is(200);
  }

  @Test
  void a_condition_where_none_is_checked_is_not_ignored() {
    user.patch("/api/me", Map.of("name", "Eve"), "If-Match", "\"1\"").isProblem(400);
    user.patch("/api/tags/x", Map.of("name", "y"), "If-Match", "\"1\"").isProblem(400);
    user.delete("/api/tags/x", "If-Match", "\"1\"").isProblem(400);
    user.post("/api/notifications/read", "", "If-Match", "\"1\"").isProblem(400);
    assertThat(user.get("/api/me").body().path("name").asString()).isNotEqualTo("Eve");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void a_body_that_breaks_off_alarms_nobody(CapturedOutput log) throws IOException {
    var service = URI.create(RunningService.shared().url());
    try (var socket = new Socket(service.getHost(), service.getPort())) {
      var half =
          """
          POST /auth/token HTTP/1.1
          Host: localhost
          Content-Type: application/json
          Content-Length: 100

          {"user\
          """;
      socket.getOutputStream().write(half.replace("\n", "\r\n").getBytes(US_ASCII));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400");
      assertThat(log).doesNotContain("ERROR", "WARN");
    }
  }

  @Test
  void a_body_has_64_kilobytes_at_most() {
    user.post("/api/tasks", Map.of("title", "a", "description", "b".repeat(70_000))).isProblem(413);
  }

  @Test
  void a_rule_that_is_no_rule_is_refused_by_its_part() {
    rule("{\"frequency\": \"hourlyish\"}").naming("recurrence_rule.frequency", "daily");
    rule("{\"frequency\": \"daily\", \"interval\": 0}").naming("recurrence_rule.interval");
    rule("\"daily\"").naming("recurrence_rule", "JSON object");
    rule("{\"rrule\": \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"}").naming("recurrence_rule");
    user.post("/api/tasks", "{\"title\": \"a\", \"recurrence_rule\": {\"frequency\": \"daily\"}}")
        .isProblem(422)
        .naming("due_date", "is required with this recurrence_rule");
  }

  @Test
  void query_parameters_are_checked_and_none_is_ignored() {
    user.get("/api/tasks?priority=hot&limit=0&is_complete=yes&due_from=x&colour=red&sort=size")
        .isProblem(400)
        .naming("priority", "low, medium, high, urgent")
        .naming("limit", "from 1 to 100")
        .naming("is_complete", "true or false")
        .naming("due_from", "instant")
        .naming("sort", "created_at, -created_at")
        .naming("colour", "is unknown", "is_complete");
    user.get("/api/tasks?cursor=abc").isProblem(400).naming("cursor", "next_cursor");
    user.get("/api/tasks?limit=1&limit=2").isProblem(400).naming("limit", "only once");
    user.post("/api/tasks?dry_run=true", Map.of("title", "a"))
        .isProblem(400)
        .naming("dry_run", "no query parameters");
  }

  @Test
  void a_query_that_is_no_utf_8_is_refused() {
    user.get("/api/tasks?q=%ff").is(400);
  }

  @Test
  void a_cursor_that_was_tampered_with_is_refused() {
    var cursor = new Cursor("-created_at", "not an instant", "x").toString();
    user.get("/api/tasks?cursor=" + cursor).isProblem(400).naming("cursor", "next_cursor");
  }

  @Test
  void unknown_places_methods_and_media_types_are_problems_too() {
    user.get("/api/nothing").isProblem(404);
    user.get("/api/tasks/unknown").isProblem(404);
    assertThat(user.put("/api/tasks", Map.of("title", "a")).isProblem(405).body().toString())
        .contains("PUT is not possible here", "POST");
    var anonymous = RunningService.shared().anonymous();
    Answer.to(
            anonymous
                .post()
                .uri("/auth/token")
                .contentType(MediaType.TEXT_PLAIN)
                .body("alice")
                .exchange())
        .isProblem(415);
    // Rules are replaced, not merged.
    var merge = user.patch("/api/tasks/x", "{}", "Content-Type", "application/merge-patch+json");
    assertThat(merge.isProblem(415).text()).contains("send Content-Type: application/json");
    user.get("/api/tasks/a%2Fb").isProblem(400);
  }

  private Answer rule(String json) {
    return user.post(
            "/api/tasks",
            "{\"title\": \"a\", \"due_date\": \"2099-01-01T00:00:00Z\", \"recurrence_rule\": "
                + json
                + "}")
        .isProblem(422);
  }
}
