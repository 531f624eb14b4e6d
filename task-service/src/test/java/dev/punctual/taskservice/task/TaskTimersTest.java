package dev.punctual.taskservice.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.event.EventJson;
import dev.punctual.event.Task;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskTimersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant PAST = NOW.minusSeconds(60);
  private static final Instant FUTURE = NOW.plusSeconds(60);

  @Test
  void a_new_reminder_is_set_though_its_instant_has_passed() {
    assertThat(decide(null, open(PAST)).set())
        .containsExactly(new Timer(TimerKind.REMINDER, "t", PAST));
    assertThat(decide(open(null), open(PAST)).set()).hasSize(1);
  }

  @Test
  void a_reminder_that_is_as_it_was_is_left_alone() {
    var timers = decide(open(FUTURE), open(FUTURE));

    assertThat(timers.set()).isEmpty();
    assertThat(timers.cancelled()).isEmpty();
  }

  @Test
  void reopening_sets_a_future_reminder_and_no_past_one() {
    assertThat(decide(done(FUTURE, false), open(FUTURE)).set()).hasSize(1);
    assertThat(decide(done(PAST, false), open(PAST)).set()).isEmpty();
  }

  @Test
  void of_several_the_first_that_is_to_fire_is_set() {
    var two = openWith(NOW.minusSeconds(30), FUTURE);
    var three = openWith(NOW.minusSeconds(30), NOW.minusSeconds(10), FUTURE);
    var moved = openWith(NOW.minusSeconds(30), FUTURE.plusSeconds(1));

    assertThat(decide(null, two).set())
        .extracting(Timer::fireAt)
        .containsExactly(NOW.minusSeconds(30));
    assertThat(decide(two, three).set())
        .extracting(Timer::fireAt)
        .containsExactly(NOW.minusSeconds(10));
    assertThat(decide(two, moved).set())
        .extracting(Timer::fireAt)
        .containsExactly(FUTURE.plusSeconds(1));
    assertThat(TaskTimers.of(two, moved, () -> Optional.of(NOW.minusSeconds(30)), NOW).set())
        .extracting(Timer::fireAt)
        .containsExactly(NOW.minusSeconds(30));
    assertThat(decide(three, openWith(NOW.minusSeconds(30))).cancelled())
        .containsExactly(TimerKind.REMINDER);
  }

  @Test
  void a_completed_task_reminds_nobody() {
    assertThat(decide(open(FUTURE), done(FUTURE, false)).cancelled())
        .containsExactly(TimerKind.REMINDER);
    assertThat(decide(done(null, false), done(FUTURE, false)).set()).isEmpty();
  }

  @Test
  void completing_owes_a_successor_once_until_the_task_is_open_or_has_no_rule() {
    assertThat(decide(open(null), done(null, true)).set())
        .containsExactly(new Timer(TimerKind.SUCCESSOR, "t", NOW));
    assertThat(decide(done(null, true), done(null, true)).set()).isEmpty();
    assertThat(decide(done(null, true), open(null)).cancelled())
        .containsExactly(TimerKind.SUCCESSOR);
    assertThat(decide(done(null, true), done(null, false)).cancelled())
        .containsExactly(TimerKind.SUCCESSOR);
    assertThat(decide(done(null, false), done(null, true)).set()).isEmpty();
  }

  private static TaskTimers decide(@Nullable Task before, Task after) {
    return TaskTimers.of(before, after, Optional::empty, NOW);
  }

  private static Task open(@Nullable Instant remindAt) {
    return task(false, Task.Reminder.only(remindAt), false);
  }

  private static Task openWith(Instant... reminders) {
    return task(false, Stream.of(reminders).map(Task.Reminder::at).toList(), false);
  }

  private static Task done(@Nullable Instant remindAt, boolean recurring) {
    return task(true, Task.Reminder.only(remindAt), recurring);
  }

  private static Task task(boolean isComplete, List<Task.Reminder> reminders, boolean recurring) {
    return new Task(
        "t",
        "u",
        "title",
        null,
        isComplete,
        isComplete ? NOW : null,
        "medium",
        null,
        Task.Reminder.first(reminders, null),
        reminders,
        recurring ? EventJson.MAPPER.readTree("{\"frequency\": \"daily\"}") : null,
        null,
        null,
        List.of(),
        NOW,
        NOW);
  }
}
