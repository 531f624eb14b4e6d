package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class PunctualLaneIT {

  private final TimerFixture fixture = new TimerFixture();
  private final Bell bell = fixture.bell;
  private final AtomicInteger wakeUps = new AtomicInteger();
  private final PunctualLane lane =
      new PunctualLane(
          fixture.window,
          fixture.firing,
          () -> fixture.clock.measure(fixture.jdbc),
          wakeUps::incrementAndGet);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void the_load_brings_the_next_minute_and_nothing_beyond() {
    bell.set("near", 3, fixture.now().plusSeconds(30), 1);
    bell.set("far", 3, fixture.now().plusSeconds(90), 1);

    fixture.load.runOnce();
    fixture.load.runOnce();

    assertThat(fixture.window.takeYoungest(fixture.now().plusSeconds(3600), 10))
        .extracting(Hint::id)
        .containsExactly("near2", "near1", "near0");
  }

  @Test
  void a_worker_whose_clock_runs_ahead_fires_nothing_early() {
    bell.set("t", 1, fixture.now().plusSeconds(20), 0);
    fixture.load.runOnce();

    assertThat(lane.runOnce(fixture.now().plusMillis(20_100))).isZero();
    assertThat(fixture.window.size()).isEqualTo(1);
    assertThat(lane.runOnce(fixture.now().plusSeconds(300))).isZero();
    assertThat(fixture.window.size()).isEqualTo(1);

    assertThat(bell.rung()).isEmpty();
    assertThat(wakeUps).hasValue(0);
  }

  @Test
  void a_timer_that_met_a_lock_is_tried_again_soon() {
    bell.set("t", 1, fixture.now().plusMillis(20), 0);
    fixture.load.runOnce();
    var instant = fixture.allHints().get(0).fireAt();
    fixture.jdbc.sql("UPDATE timers SET fire_at = clock_timestamp()").update();
    fixture.transactions.executeWithoutResult(
        edit -> {
          fixture.jdbc.sql("SELECT id FROM bells FOR UPDATE").query().singleRow();
          assertThat(CompletableFuture.supplyAsync(() -> lane.runOnce(instant)).join()).isZero();
        });

    assertThat(lane.runOnce(instant.plusMillis(49))).isZero();
    assertThat(lane.runOnce(instant.plusMillis(50))).isEqualTo(1);
  }

  @Test
  void what_could_not_be_fired_for_a_second_makes_room_and_wakes_the_other_lane() {
    bell.set("t", 1, fixture.now(), 0);
    fixture.load.runOnce();
    await().until(() -> fixture.now().isAfter(fixture.allHints().get(0).fireAt().plusSeconds(1)));

    assertThat(lane.runOnce(fixture.now())).isZero();

    assertThat(fixture.window.size()).isZero();
    assertThat(wakeUps).hasValue(1);
    assertThat(fixture.pending()).isEqualTo(1);
  }

  @Test
  void the_neighbour_of_a_burst_is_in_the_next_batch_and_helpers_take_the_others() {
    var noon = fixture.now();
    bell.set("burst", 3500, noon, 0);
    bell.set("neighbour", 1, noon, 1);
    fixture.load.runOnce();
    var soon = noon.plusMillis(10);

    assertThat(lane.helpOnce(soon)).isTrue();
    assertThat(lane.runOnce(soon)).isEqualTo(100);

    assertThat(bell.rung().subList(1000, 1100)).contains("neighbour0");
    assertThat(wakeUps).hasValue(1);
    assertThat(lane.helpOnce(soon)).isTrue();
    assertThat(lane.helpOnce(soon)).isTrue();
    assertThat(lane.helpOnce(soon)).as("with no more than a batch left").isFalse();
    assertThat(lane.runOnce(soon)).isEqualTo(401);
  }

  @Test
  void a_timer_that_was_locked_for_a_second_is_left_to_the_other_lane() {
    bell.set("t", 1, fixture.now(), 0);
    fixture.load.runOnce();
    var instant = fixture.allHints().get(0).fireAt();
    fixture.transactions.executeWithoutResult(
        edit -> {
          fixture.jdbc.sql("SELECT id FROM bells FOR UPDATE").query().singleRow();
          var late = instant.plusMillis(999);
          assertThat(CompletableFuture.supplyAsync(() -> lane.runOnce(late)).join()).isZero();
          assertThat(fixture.window.size()).isEqualTo(1);
          var after = late.plusMillis(50);
          assertThat(CompletableFuture.supplyAsync(() -> lane.helpOnce(after)).join()).isFalse();
          fixture.window.takeYoungest(after, 1).forEach(fixture.window::offer);
        });
  }

  @Test
  void when_the_database_does_not_say_what_time_it_is_nothing_is_forgotten() {
    bell.set("t", 2, fixture.now().plusSeconds(20), 0);
    fixture.load.runOnce();
    var deaf =
        new PunctualLane(
            fixture.window,
            fixture.firing,
            () -> {
              throw new DataAccessResourceFailureException("gone");
            },
            wakeUps::incrementAndGet);

    assertThatThrownBy(() -> deaf.runOnce(fixture.now().plusSeconds(300)))
        .isInstanceOf(DataAccessResourceFailureException.class);

    assertThat(fixture.window.size()).isEqualTo(2);
  }
}
