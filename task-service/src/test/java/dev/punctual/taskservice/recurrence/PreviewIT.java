package dev.punctual.taskservice.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
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
  void what_could_not_be_saved_cannot_be_previewed() {
    user.post(
            "/api/recurrence/preview",
            "{\"recurrence_rule\": {\"frequency\": \"daily\"}, \"count\": 0}")
        .isProblem(422)
        .naming("start", "is required")
        .naming("count", "from 1 to 100");
    user.post(
            "/api/recurrence/preview",
            "{\"recurrence_rule\": {\"rrule\": \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"}, \"start\": \"2026-01-01T00:00:00\"}")
        .isProblem(422)
        .naming("recurrence_rule");
  }
}
