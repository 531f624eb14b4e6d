package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.SUCCESSOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A completed task has one successor at most, however often and whenever its timer fires. */
class SuccessorOnceIT {

  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Spawning spawning = new Spawning();
  private final Given given = spawning.given;
  private final String task =
      given.task(given.user("UTC"), "{\"frequency\": \"daily\"}", NINE, Map.of());

  @Test
  void a_timer_that_fires_for_an_open_task_does_nothing() {
    given.timer(SUCCESSOR, task, NINE);

    assertThat(spawning.fire(SUCCESSOR, NINE)).isEqualTo(1);
    assertThat(spawning.dueDates(task)).isEmpty();
  }

  @Test
  void a_timer_that_fires_for_a_deleted_task_does_nothing() {
    given.completed(task, NINE);
    spawning.jdbc.sql("DELETE FROM tasks").update();

    assertThat(spawning.fire(SUCCESSOR, NINE)).isEqualTo(1);
    assertThat(spawning.texts("SELECT id FROM tasks")).isEmpty();
  }

  @Test
  void a_timer_that_fires_twice_makes_one_successor() {
    given.completed(task, NINE);
    spawning.fire(SUCCESSOR, NINE);
    given.timer(SUCCESSOR, task, NINE);
    spawning.fire(SUCCESSOR, NINE);

    assertThat(spawning.dueDates(task)).containsExactly("2026-11-03 09:00");
    assertThat(spawning.texts("SELECT id FROM outbox WHERE type = 'task.created'")).hasSize(1);
  }

  @Test
  void a_successor_that_was_deleted_does_not_come_back() {
    given.completed(task, NINE);
    spawning.fire(SUCCESSOR, NINE);
    spawning.jdbc.sql("DELETE FROM tasks WHERE id <> ?").params(task).update();
    given.timer(SUCCESSOR, task, NINE);
    spawning.fire(SUCCESSOR, NINE);

    assertThat(spawning.dueDates(task)).isEmpty();
  }

  @Test
  void a_task_that_is_locked_by_a_request_is_left_for_later() {
    given.completed(task, NINE);
    spawning
        .database
        .transactions()
        .executeWithoutResult(
            status -> {
              spawning.jdbc.sql("SELECT id FROM tasks FOR UPDATE").query(String.class).list();
              int fired =
                  CompletableFuture.supplyAsync(() -> spawning.fire(SUCCESSOR, NINE)).join();
              assertThat(fired).isZero();
            });

    assertThat(spawning.fire(SUCCESSOR, NINE)).isEqualTo(1);
    assertThat(spawning.dueDates(task)).hasSize(1);
  }
}
