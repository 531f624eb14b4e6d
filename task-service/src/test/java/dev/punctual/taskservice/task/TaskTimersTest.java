package dev.punctual.taskservice.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.EventJson;
import dev.punctual.event.Task;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskTimersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant PAST = NOW.minusSeconds(60);
  private static final Instant FUTURE = NOW.plusSeconds(60);

  @Test
  void a_new_reminder_is_set_though_its_instant_has_passed() {
    assertThat(TaskTimers.of(null, open(PAST), NOW).set())
        .containsExactly(new Timer(TimerKind.REMINDER, "t", PAST));
    assertThat(TaskTimers.of(open(null), open(PAST), NOW).set()).hasSize(1);
  }

  @Test
  void a_reminder_that_is_as_it_was_is_left_alone() {
    var timers = TaskTimers.of(open(FUTURE), open(FUTURE), NOW);

    assertThat(timers.set()).isEmpty();
    assertThat(timers.cancelled()).isEmpty();
  }

  @Test
  void reopening_sets_a_future_reminder_and_no_past_one() {
    assertThat(TaskTimers.of(done(FUTURE, false), open(FUTURE), NOW).set()).hasSize(1);
    assertThat(TaskTimers.of(done(PAST, false), open(PAST), NOW).set()).isEmpty();
  }

  @Test
  void a_completed_task_reminds_nobody() {
    assertThat(TaskTimers.of(open(FUTURE), done(FUTURE, false), NOW).cancelled())
        .containsExactly(TimerKind.REMINDER);
    assertThat(TaskTimers.of(done(null, false), done(FUTURE, false), NOW).set()).isEmpty();
  }

  @Test
  void completing_owes_a_successor_once_until_the_task_is_open_or_has_no_rule() {
    assertThat(TaskTimers.of(open(null), done(null, true), NOW).set())
        .containsExactly(new Timer(TimerKind.SUCCESSOR, "t", NOW));
    assertThat(TaskTimers.of(done(null, true), done(null, true), NOW).set()).isEmpty();
    assertThat(TaskTimers.of(done(null, true), open(null), NOW).cancelled())
        .containsExactly(TimerKind.SUCCESSOR);
    assertThat(TaskTimers.of(done(null, true), done(null, false), NOW).cancelled())
        .containsExactly(TimerKind.SUCCESSOR);
    assertThat(TaskTimers.of(done(null, false), done(null, true), NOW).set()).isEmpty();
  }

  private static Task open(@Nullable Instant remindAt) {
    return task(false, remindAt, false);
  }

  private static Task done(@Nullable Instant remindAt, boolean recurring) {
    return task(true, remindAt, recurring);
  }

  private static Task task(boolean isComplete, @Nullable Instant remindAt, boolean recurring) {
    return new Task(
        "t",
        "u",
        "title",
        null,
        isComplete,
        isComplete ? NOW : null,
        "medium",
        null,
        remindAt,
        recurring ? EventJson.MAPPER.readTree("{\"frequency\": \"daily\"}") : null,
        null,
        null,
        List.of(),
        NOW,
        NOW);
  }
}
