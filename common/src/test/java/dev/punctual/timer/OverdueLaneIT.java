package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    fixture.drain(fixture.overdueLane);

    var rung = bell.rung().stream().map(id -> Integer.parseInt(id.substring(1))).toList();
    assertThat(rung).hasSize(3000);
    assertThat(rung.subList(0, 1000)).allMatch(n -> n >= 2000);
    assertThat(rung.subList(2000, 3000)).allMatch(n -> n < 1000);
  }

  @Test
  void a_pass_is_one_batch_so_that_more_urgent_work_comes_between() {
    bell.set("t", 2500, fixture.now().minusSeconds(10), 0);

    assertThat(fixture.overdueLane.runOnce()).isTrue();

    assertThat(bell.rung()).hasSize(1000);
  }

  @Test
  void two_lanes_share_the_slots_also_where_another_process_has_every_second() {
    fixture.slots.revoked(List.of(0));
    fixture.slots.assigned(List.of(0, 2, 4, 6), 8);
    bell.set("t", 2000, fixture.now().minusSeconds(10), 0);

    fixture.drain(fixture.lane(new OverdueLane.Share(0, 2)));
    int first = bell.rung().size();
    fixture.drain(fixture.lane(new OverdueLane.Share(1, 2)));

    assertThat(first).isBetween(300, 700);
    assertThat(bell.rung().size() - first).isBetween(300, 700);
    assertThat(bell.rung()).doesNotHaveDuplicates().allMatch(fixture.slots::owns);
    assertThat(fixture.overdueLane.runOnce()).isFalse();
  }

  @Test
  void what_is_due_for_less_than_a_second_is_left_to_the_punctual_lane() {
    bell.set("t", 1, fixture.now().minusMillis(1), 0);
    assertThat(fixture.overdueLane.runOnce()).isFalse();
    await().until(fixture.overdueLane::runOnce);
  }

  @Test
  void a_timer_that_is_parked_or_locked_does_not_stop_the_drain() {
    bell.set("t", 1500, fixture.now().minusSeconds(10), 0);
    IntStream.range(0, 3).forEach(n -> bell.broken.add("t" + n));

    fixture.drain(fixture.overdueLane);

    assertThat(bell.rung()).hasSize(1497);
  }

  @Test
  void while_all_that_is_overdue_is_locked_the_lane_waits() {
    bell.set("t", 3, fixture.now().minusSeconds(10), 0);
    fixture.transactions.executeWithoutResult(
        edit -> {
          fixture.jdbc.sql("SELECT id FROM bells FOR UPDATE").query().listOfRows();
          assertThat(CompletableFuture.supplyAsync(fixture.overdueLane::runOnce).join()).isFalse();
        });
    assertThat(fixture.overdueLane.runOnce()).isTrue();
    assertThat(bell.rung()).hasSize(3);
  }
}
