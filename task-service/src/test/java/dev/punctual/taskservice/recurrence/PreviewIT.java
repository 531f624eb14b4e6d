package dev.punctual.taskservice.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreviewIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());

  @Test
  void a_preview_shows_local_times_and_instants_across_a_change_of_the_clocks() {
    var preview =
        user.post(
                "/api/recurrence/preview",
                """
                {"recurrence_rule": {"frequency": "weekly", "interval": 2, "days": ["mon", "wed"]},
                 "start": "2026-10-19T09:00:00", "time_zone": "Europe/Berlin", "count": 3}
                """)
            .is(200)
            .body();

    assertThat(preview.path("time_zone").asString()).isEqualTo("Europe/Berlin");
    assertThat(preview.path("occurrences").toString())
        .isEqualTo(
            "[{\"local\":\"2026-10-19T09:00:00\",\"at\":\"2026-10-19T07:00:00Z\"},"
                + "{\"local\":\"2026-10-21T09:00:00\",\"at\":\"2026-10-21T07:00:00Z\"},"
                + "{\"local\":\"2026-11-02T09:00:00\",\"at\":\"2026-11-02T08:00:00Z\"}]");
    assertThat(preview.path("ends").asBoolean()).isFalse();
    assertThat(preview.path("description").asString()).contains("2 weeks");
  }

  @Test
  void surprises_are_noted_and_after_skips_what_has_passed() {
    var preview =
        user.post(
                "/api/recurrence/preview",
                """
                {"recurrence_rule": {"frequency": "daily", "end_date": "2026-03-30"}, "start": "2026-03-01T02:30:00",
                 "time_zone": "Europe/Berlin", "after": "2026-03-28T12:00:00Z"}
                """)
            .is(200)
            .body();

    assertThat(preview.at("/occurrences/0/note").asString()).isEqualTo("gap");
    assertThat(preview.path("occurrences").size()).isEqualTo(2);
    assertThat(preview.path("ends").asBoolean()).isTrue();
  }

  @Test
  void a_time_that_comes_twice_and_a_day_that_stands_in_are_noted() {
    var preview =
        user.post(
                "/api/recurrence/preview",
                """
                {"recurrence_rule": {"frequency": "monthly", "count": 3}, "start": "2026-08-31T01:30:00",
                 "time_zone": "America/New_York"}
                """)
            .is(200)
            .body();
    assertThat(preview.path("occurrences").toString())
        .isEqualTo(
            "[{\"local\":\"2026-08-31T01:30:00\",\"at\":\"2026-08-31T05:30:00Z\"},"
                + "{\"local\":\"2026-09-30T01:30:00\",\"at\":\"2026-09-30T05:30:00Z\",\"note\":\"clamped\"},"
                + "{\"local\":\"2026-10-31T01:30:00\",\"at\":\"2026-10-31T05:30:00Z\"}]");

    var twice =
        user.post(
                "/api/recurrence/preview",
                """
                {"recurrence_rule": {"cron": "30 1 * * *"}, "start": "2026-11-01T00:00:00",
                 "time_zone": "America/New_York", "count": 1}
                """)
            .is(200)
            .body();
    assertThat(twice.path("occurrences").toString())
        .isEqualTo(
            "[{\"local\":\"2026-11-01T01:30:00\",\"at\":\"2026-11-01T05:30:00Z\",\"note\":\"overlap\"}]");
  }

  @Test
  void what_could_not_be_saved_cannot_be_previewed() {
    user.post(
            "/api/recurrence/preview",
            "{\"recurrence_rule\": {\"frequency\": \"daily\"}, \"count\": 0}")
        .isProblem(422)
        .naming("start", "is required")
        .naming("count", "from 1 to 100");
    user.post(
            "/api/recurrence/preview",
            "{\"recurrence_rule\": {\"frequency\": \"daily\"}, \"start\": null}")
        .isProblem(422)
        .naming("start", "is required");
    user.post(
            "/api/recurrence/preview",
            "{\"recurrence_rule\": {\"rrule\": \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"}, \"start\": \"2026-01-01T00:00:00\"}")
        .isProblem(422)
        .naming("recurrence_rule");
  }

  @Test
  void a_phrase_is_shown_as_the_rule_it_stands_for() {
    var preview =
        user.post(
                "/api/recurrence/preview",
                """
                {"recurrence_rule": {"text": "every other monday at 9"}, "start": "2026-11-02T09:00:00", "count": 2}
                """)
            .is(200)
            .body();

    assertThat(preview.path("recurrence_rule").has("text")).isFalse();
    assertThat(preview.at("/occurrences/0/at").asString()).isEqualTo("2026-11-02T09:00:00Z");
    assertThat(preview.at("/occurrences/1/at").asString()).isEqualTo("2026-11-16T09:00:00Z");
    user.post(
            "/api/recurrence/preview",
            "{\"recurrence_rule\": {\"text\": \"once in a blue moon\"}, \"start\": \"2026-11-02T09:00:00\"}")
        .isProblem(422)
        .naming("recurrence_rule.text", "every weekday");
    user.post(
            "/api/recurrence/preview",
            "{\"recurrence_rule\": {\"text\": \"every 20000 days\"}, \"start\": \"2026-11-02T09:00:00\"}")
        .isProblem(422)
        .naming("recurrence_rule.text", "from 1 to 10000");
  }

  @Test
  void an_end_without_a_year_is_shown_as_the_date_that_comes() {
    var phrase = Map.of("text", "every two weeks on Tuesday and Thursday until March");
    var preview =
        user.post(
                "/api/recurrence/preview",
                Map.of("recurrence_rule", phrase, "start", "2098-11-02T09:00:00"))
            .is(200)
            .body();
    assertThat(preview.at("/recurrence_rule/end_date").asString()).isEqualTo("2099-03-31");

    var task =
        user.task(
            Map.of("title", "a", "recurrence_rule", phrase, "due_date", "2098-11-04T09:00:00Z"));
    var template =
        user.post(
                "/api/recurring-tasks",
                Map.of("title", "a", "recurrence_rule", phrase, "start_at", "2098-11-02T09:00:00"))
            .is(201)
            .body();
    assertThat(task.path("recurrence_rule")).isEqualTo(preview.path("recurrence_rule"));
    assertThat(template.path("recurrence_rule")).isEqualTo(preview.path("recurrence_rule"));
  }

  @Test
  void cron_needs_no_start() {
    var preview =
        user.post(
                "/api/recurrence/preview",
                """
                {"recurrence_rule": {"cron": "0 9 * * 1-5"}, "after": "2026-11-06T12:00:00Z", "count": 1}
                """)
            .is(200)
            .body();

    assertThat(preview.at("/occurrences/0/at").asString()).isEqualTo("2026-11-09T09:00:00Z");
  }

  @Test
  void a_task_keeps_what_a_phrase_stands_for_and_needs_a_due_date_only_to_count_from() {
    var task =
        user.task(
            Map.of(
                "title", "a",
                "recurrence_rule", Map.of("text", "every weekday at 9"),
                "due_date", "2099-05-04T09:00:00Z"));
    assertThat(task.path("recurrence_rule").has("text")).isFalse();
    var path = "/api/tasks/" + task.path("id").asString();
    assertThat(user.patch(path, task.toString()).is(200).etag()).isEqualTo("\"1\"");
    user.patch(path, "{\"due_date\": null}").isProblem(422).naming("due_date", "is required");

    user.task(Map.of("title", "b", "recurrence_rule", Map.of("cron", "0 9 * * *")));
    user.task(
        Map.of(
            "title",
            "c",
            "recurrence_rule",
            Map.of("frequency", "daily", "interval", 3, "anchor", "completion")));
  }
}
