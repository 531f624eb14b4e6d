package dev.punctual.taskservice.recurringtask;

import static dev.punctual.taskservice.recurringtask.GivenTemplates.PATH;
import static dev.punctual.taskservice.recurringtask.GivenTemplates.daily;
import static dev.punctual.taskservice.recurringtask.GivenTemplates.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.taskservice.ApiUser;
import dev.punctual.taskservice.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A daily template that was due three days ago, and no worker was there since. */
class OverdueTemplateIT {

  private final ApiUser user = ApiUser.anybody(RunningService.shared());
  private final GivenTemplates templates = new GivenTemplates(user);
  private final String id = overdue(Map.of());
  private final Instant due = nextDueAt();

  @Test
  void a_new_rule_still_owes_what_had_been_due() {
    var rule = Map.of("frequency", "daily", "interval", 1, "count", 9999);

    user.patch(path(id), Map.of("recurrence_rule", rule)).is(200);

    assertThat(nextDueAt()).isEqualTo(due);
    assertThat(templates.timer(id)).contains(due);
  }

  @Test
  void a_new_time_of_day_counts_from_the_first_that_is_owed() {
    var later = due.plus(Duration.ofHours(2)).atZone(ZoneId.of("Europe/Berlin")).toLocalDateTime();

    user.patch(path(id), Map.of("start_at", later.toString())).is(200);

    assertThat(nextDueAt()).isEqualTo(due.plus(Duration.ofHours(2)));
  }

  @Test
  void a_pause_leaves_it_a_timer_until_which_it_is_made_up() {
    var before = Instant.now();

    user.post(path(id) + "/pause").is(200);

    assertThat(nextDueAt()).isEqualTo(due);
    assertThat(templates.timer(id).orElseThrow())
        .isBetween(before.minusSeconds(5), Instant.now().plusSeconds(5));
    var paused = templates.timer(id);
    user.patch(path(id), Map.of("title", "b")).is(200);
    user.patch(path(id), Map.of("recurrence_rule", Map.of("cron", "0 9 * * *"))).is(200);
    assertThat(templates.timer(id)).isEqualTo(paused);
    assertThat(nextDueAt()).isEqualTo(due);
  }

  @Test
  void one_that_is_resumed_before_that_goes_on_as_if_there_had_been_no_pause() {
    user.post(path(id) + "/pause").is(200);

    user.post(path(id) + "/resume").is(200);

    assertThat(nextDueAt()).isEqualTo(due);
    assertThat(templates.timer(id)).contains(due);
  }

  @Test
  void one_that_was_adopted_without_a_timer_goes_on_in_the_future_when_it_was_paused_and_resumed() {
    user.rows().jdbc().sql("DELETE FROM timers WHERE id = :id").param("id", id).update();
    user.post(path(id) + "/pause").is(200);
    assertThat(templates.timer(id)).isEmpty();

    user.post(path(id) + "/resume").is(200);

    assertThat(nextDueAt()).isAfter(Instant.now());
  }

  @Test
  void skipping_while_it_is_paused_takes_nothing_from_what_is_owed() {
    user.post(path(id) + "/pause").is(200);

    user.post(path(id) + "/skip").is(200);

    assertThat(nextDueAt()).isEqualTo(due);
    assertThat(templates.timer(id)).isPresent();
    assertThat(
            user.rows()
                .jdbc()
                .sql("SELECT due_at > now() FROM occurrences WHERE series_id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void a_task_that_should_have_appeared_is_owed_also_if_it_is_not_due_yet() {
    var early = overdue(Map.of("lead_time", "P4D"));
    user.rows()
        .jdbc()
        .sql(
            "UPDATE recurring_tasks SET next_due_at = next_due_at + interval '6 days' WHERE id = :id")
        .param("id", early)
        .update();

    user.post(path(early) + "/pause").is(200);

    assertThat(templates.timer(early)).isPresent();
  }

  @Test
  void the_users_new_zone_takes_nothing_from_what_is_owed() {
    Map<String, Object> follows = new HashMap<>();
    follows.put("time_zone", null);
    var moved = overdue(follows);

    user.patch("/api/me", Map.of("time_zone", "Europe/Berlin")).is(200);

    var shown = user.get(path(moved)).body().path("next_due_at").asString();
    assertThat(Instant.parse(shown)).isBefore(Instant.now().minus(Duration.ofDays(2)));
  }

  private Instant nextDueAt() {
    return Instant.parse(user.get(path(id)).is(200).body().path("next_due_at").asString());
  }

  private String overdue(Map<String, Object> more) {
    Map<String, Object> fields = new HashMap<>(Map.of("start_at", "2020-01-01T09:00:00"));
    fields.putAll(more);
    var created = user.post(PATH, daily(fields)).is(201).id();
    user.rows()
        .jdbc()
        .sql(
            """
            WITH moved AS (
              UPDATE recurring_tasks SET next_due_at = next_due_at - interval '4 days' WHERE id = :id)
            UPDATE timers SET fire_at = fire_at - interval '4 days' WHERE id = :id
            """)
        .param("id", created)
        .update();
    return created;
  }
}
