package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepIT {

  private final TimerFixture fixture = new TimerFixture();
  private final Bell bell = fixture.bell;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void timers_of_another_process_are_swept_when_nobody_fired_them_for_two_seconds() {
    fixture.slots.revoked(List.of(0));
    bell.set("old", 2, fixture.now().minusMillis(2100), 0);
    bell.set("young", 2, fixture.now().minusMillis(100), 0);

    assertThat(fixture.overdueLane.runOnce()).isFalse();
    assertThat(fixture.sweep.runOnce()).isEqualTo(2);

    assertThat(bell.rung()).containsExactlyInAnyOrder("old0", "old1");
    assertThat(fixture.counted("swept")).isEqualTo(2);
  }

  @Test
  void what_is_ours_is_left_to_the_drains() {
    fixture.slots.revoked(List.of(0));
    fixture.slots.assigned(List.of(0, 1, 2), 4);
    bell.set("t", 400, fixture.now().minusSeconds(10), 0);

    int swept = fixture.sweep.runOnce();

    assertThat(bell.rung()).hasSize(swept).hasSizeBetween(50, 150).noneMatch(fixture.slots::owns);
    assertThat(fixture.sweep.isDue()).isFalse();
  }

  @Test
  void the_youngest_are_swept_first_and_the_next_batch_at_once_if_most_of_one_was_left_to_us() {
    fixture.slots.revoked(List.of(0));
    bell.set("old", 2000, fixture.now().minusSeconds(3600), 0);
    bell.set("young", 100, fixture.now().minusSeconds(3), 0);

    assertThat(fixture.sweep.runOnce()).isEqualTo(1000);

    assertThat(bell.rung().stream().filter(id -> id.startsWith("young"))).hasSize(100);
    assertThat(fixture.sweep.isDue()).isTrue();
  }
}
