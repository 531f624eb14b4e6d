package dev.punctual.recurrenceworker;

import static dev.punctual.timer.TimerKind.SUCCESSOR;
import static dev.punctual.timer.TimerKind.TEMPLATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.timer.TimerKind;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A tag that somebody is renaming or deleting keeps back who carries it, and nobody else. */
class HeldTagsIT {

  private static final String DAILY = "{\"frequency\": \"daily\"}";
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Spawning spawning = new Spawning();
  private final Given given = spawning.given;
  private final String alice = given.user("UTC");
  private final String home = given.tag(alice, "home");

  @Test
  void a_template_waits_for_its_tag_alone() {
    String tagged = given.template(alice, DAILY, NINE, Map.of());
    given.tagged("recurring_task_tags", "recurring_task_id", tagged, home);
    String other = given.template(alice, DAILY, NINE, Map.of());

    assertThat(firedWhileHeld(TEMPLATE)).isEqualTo(1);

    assertThat(spawning.dueDates(other)).hasSize(1);
    assertThat(spawning.dueDates(tagged)).isEmpty();
    assertThat(spawning.fire(TEMPLATE, NINE)).isEqualTo(1);
    assertThat(spawning.texts("SELECT tag_id FROM task_tags")).containsExactly(home);
  }

  @Test
  void a_completed_task_waits_for_its_tag_alone_also_if_it_was_deleted() {
    String tagged = given.task(alice, DAILY, NINE, Map.of());
    given.tagged("task_tags", "task_id", tagged, home);
    given.completed(tagged, NINE);
    String deleted = given.task(alice, DAILY, NINE, Map.of());
    given.tagged("task_tags", "task_id", deleted, home);
    given.completed(deleted, NINE);
    given.deletedOwing(deleted);
    String other = given.task(alice, DAILY, NINE, Map.of());
    given.completed(other, NINE);

    assertThat(firedWhileHeld(SUCCESSOR)).isEqualTo(1);

    assertThat(spawning.dueDates(other)).hasSize(1);
    assertThat(spawning.fire(SUCCESSOR, NINE)).isEqualTo(2);
    assertThat(spawning.dueDates(tagged)).hasSize(1);
    assertThat(spawning.dueDates(deleted)).hasSize(1);
  }

  /** As a request does that has renamed the tag, and has not committed yet. */
  private int firedWhileHeld(TimerKind kind) {
    Integer fired =
        spawning
            .database
            .transactions()
            .execute(
                status -> {
                  given.set("tags", home, "name", "house");
                  return CompletableFuture.supplyAsync(() -> spawning.fire(kind, NINE)).join();
                });
    return fired == null ? 0 : fired;
  }
}
