package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverdueLaneIT {

  private final TimerFixture fixture = new TimerFixture();
  private final Bell bell = fixture.bell;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void the_oldest_fire_first() {
    // Later ids are older.
    bell.set("t", 3000, fixture.now().minusSeconds(10), -1);

    assertThat(fixture.overdueLane.runOnce()).isEqualTo(3000);

    var rung = bell.rung().stream().map(id -> Integer.parseInt(id.substring(1))).toList();
    assertThat(rung).hasSize(3000);
    assertThat(rung.subList(0, 1000)).allMatch(n -> n >= 2000);
    assertThat(rung.subList(2000, 3000)).allMatch(n -> n < 1000);
  }

  @Test
  void two_lanes_share_the_slots_also_where_another_process_has_every_second() {
    fixture.slots.revoked(List.of(0));
    fixture.slots.assigned(List.of(0, 2, 4, 6), 8);
    bell.set("t", 2000, fixture.now().minusSeconds(10), 0);
    var overdue = new OverdueTimers(fixture.jdbc, fixture.clock);
    var lanes =
        IntStream.range(0, 2)
            .mapToObj(
                n ->
                    new OverdueLane(
                        new OverdueLane.Share(n, 2),
                        overdue,
                        fixture.slots,
                        fixture.firing,
                        fixture.observer))
            .toList();

    assertThat(lanes.get(0).runOnce()).isBetween(300, 700);
    assertThat(lanes.get(1).runOnce()).isBetween(300, 700);

    assertThat(bell.rung()).doesNotHaveDuplicates().allMatch(fixture.slots::owns);
    assertThat(fixture.overdueLane.runOnce()).isZero();
  }

  @Test
  void what_is_due_for_less_than_a_second_is_left_to_the_punctual_lane() {
    bell.set("t", 1, fixture.now().minusMillis(1), 0);
    assertThat(fixture.overdueLane.runOnce()).isZero();
    await().until(() -> fixture.overdueLane.runOnce() == 1);
  }

  @Test
  void timers_of_another_process_are_swept_when_nobody_fired_them_for_two_seconds() {
    fixture.slots.revoked(List.of(0));
    bell.set("old", 2, fixture.now().minusMillis(2100), 0);
    bell.set("young", 2, fixture.now().minusMillis(100), 0);

    assertThat(fixture.overdueLane.runOnce()).isZero();
    assertThat(fixture.overdueLane.sweepOnce()).isEqualTo(2);

    assertThat(bell.rung()).containsExactlyInAnyOrder("old0", "old1");
    assertThat(fixture.swept).hasValue(2);
  }

  @Test
  void a_timer_that_is_parked_or_locked_does_not_stop_the_drain() {
    bell.set("t", 1500, fixture.now().minusSeconds(10), 0);
    IntStream.range(0, 3).forEach(n -> bell.broken.add("t" + n));

    assertThat(fixture.overdueLane.runOnce()).isEqualTo(1497);
    assertThat(fixture.overdueLane.runOnce()).isZero();
  }
}
