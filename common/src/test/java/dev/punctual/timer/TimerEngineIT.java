package dev.punctual.timer;

import static dev.punctual.timer.Engines.awaitSlots;
import static dev.punctual.timer.Engines.loadNow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.id.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerEngineIT {

  private final TimerFixture fixture = new TimerFixture();
  private final Engines engines = new Engines(fixture);
  private volatile CountDownLatch thaw = new CountDownLatch(0);

  @AfterEach
  void close() {
    thaw.countDown();
    engines.close();
    fixture.close();
  }

  private long timeUnlessFrozen() {
    try {
      thaw.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return System.nanoTime();
  }

  private List<Double> lateness() {
    return lateness("%");
  }

  /** Lateness of what rang, in milliseconds, by the database's clock; negative would be early. */
  private List<Double> lateness(String ids) {
    return fixture
        .jdbc
        .sql(
            "SELECT extract(epoch FROM fired_at - fire_at) * 1000 FROM rings WHERE id LIKE :ids ORDER BY 1")
        .param("ids", ids)
        .query(Double.class)
        .list();
  }

  private void awaitRung(int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> fixture.bell.rung().size() >= count);
    assertThat(fixture.bell.rung()).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void an_instant_fires_when_it_comes() {
    var engine = engines.start();
    awaitSlots(engine, Slot.COUNT);
    fixture.bell.set("t", 500, fixture.now().plusSeconds(1), 4);
    loadNow(engine);
    await().until(() -> engine.pending() == 500);

    awaitRung(500);

    var lateness = lateness();
    assertThat(lateness.get(0)).isGreaterThanOrEqualTo(0);
    assertThat(lateness.get(250)).isLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void a_local_clock_that_jumps_by_minutes_makes_nothing_early_and_little_late(long seconds) {
    var jump = new AtomicLong();
    var engine = engines.start(() -> System.nanoTime() + jump.get());
    awaitSlots(engine, Slot.COUNT);
    fixture.bell.set("t", 300, fixture.now().plusSeconds(1), 10);
    loadNow(engine);
    await().until(() -> fixture.bell.rung().size() > 50);

    jump.set(Duration.ofSeconds(seconds).toNanos());

    awaitRung(300);
    assertThat(lateness().get(0)).isGreaterThanOrEqualTo(0);
    assertThat(lateness().get(299)).isLessThan(3000);
  }

  @Test
  void the_slots_are_shared_out_and_taken_over_without_delay() {
    var first = engines.start();
    awaitSlots(first, Slot.COUNT);
    fixture.bell.set("t", 500, fixture.now().plusSeconds(2), 18);
    loadNow(first);

    var second = engines.start();
    awaitSlots(second, Slot.COUNT / 2);
    awaitSlots(first, Slot.COUNT / 2);
    first.stop();
    awaitSlots(second, Slot.COUNT);

    awaitRung(500);
    assertThat(lateness().get(0)).isGreaterThanOrEqualTo(0);
    assertThat(lateness().get(499)).isLessThan(1000);
  }

  /** Effects that take so long, so that many timers take long on any machine. */
  private void slowDown(double secondsPerBatch) {
    fixture.bell.before =
        claimed -> {
          if (claimed.size() > PunctualLane.BATCH / 2) {
            fixture.jdbc.sql("SELECT pg_sleep(:s)").param("s", secondsPerBatch).query().singleRow();
          }
        };
  }

  @Test
  void what_a_frozen_owner_leaves_is_fired_within_seconds_also_behind_a_backlog() {
    var survivor = engines.start();
    awaitSlots(survivor, Slot.COUNT);
    var frozen = engines.start(this::timeUnlessFrozen);
    awaitSlots(frozen, Slot.COUNT / 2);
    thaw = new CountDownLatch(1);
    slowDown(0.3);
    Instant now = fixture.now();
    fixture.bell.set("t", 200, now.plusSeconds(2), 5);
    loadNow(survivor);
    fixture.bell.set("old", 40_000, now.minusSeconds(3600), 0);

    await().atMost(Duration.ofSeconds(30)).until(() -> lateness("t%").size() == 200);

    assertThat(lateness("t%").get(199)).isLessThan(5000);
    assertThat(fixture.pending()).as("of the backlog").isPositive();
    assertThat(frozen.ownedSlots()).isEqualTo(Slot.COUNT / 2);
    assertThat(fixture.counted("swept")).isPositive();
  }

  @Test
  void the_neighbours_of_a_burst_are_fired_when_they_come() {
    var engine = engines.start();
    awaitSlots(engine, Slot.COUNT);
    slowDown(0.1);
    Instant noon = fixture.now().plusSeconds(4);
    fixture.bell.set("burst", 20_000, noon, 0);
    fixture.bell.set("neighbour", 200, noon.plusMillis(10), 10);
    loadNow(engine);

    awaitRung(20_200);

    assertThat(lateness("neighbour%").get(199)).isLessThan(800);
  }

  @Test
  void the_punctual_stay_punctual_while_a_backlog_is_drained() {
    var engine = engines.start();
    awaitSlots(engine, Slot.COUNT);
    Instant now = fixture.now();
    fixture.bell.set("punctual", 300, now.plusSeconds(2), 10);
    loadNow(engine);
    fixture.bell.set("old", 20_000, now.minusSeconds(3600), 1);

    awaitRung(20_300);

    assertThat(lateness("punctual%").get(299)).isLessThan(1000);
  }
}
