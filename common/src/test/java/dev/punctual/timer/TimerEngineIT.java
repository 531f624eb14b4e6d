package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import dev.punctual.id.Slot;
import dev.punctual.testing.Stack;
import dev.punctual.trace.Spans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerEngineIT {

  private final TimerFixture fixture = new TimerFixture();
  private final TopicProperties names =
      new TopicProperties(
          Stack.newTopicPrefix(), 8, (short) 1, Duration.ofDays(1), Duration.ofHours(1));
  private final List<TimerEngine> engines = new ArrayList<>();

  private volatile CountDownLatch thaw = new CountDownLatch(0);

  @AfterEach
  void close() {
    thaw.countDown();
    engines.forEach(TimerEngine::stop);
    fixture.close();
  }

  private TimerEngine start(LongSupplier nanos) {
    Map<String, Object> kafka = Map.of("bootstrap.servers", Stack.kafkaBootstrap());
    var topics = new Topics(kafka, names);
    var engine =
        new TimerEngine(
            fixture.jdbc,
            fixture.transactions,
            List.of(fixture.bell),
            new HintTopics(
                kafka,
                kafka,
                names,
                topics,
                "bells",
                InstantSource.system(),
                new SimpleMeterRegistry()),
            nanos,
            fixture.observer,
            Spans.none(),
            () -> {},
            Duration.ofSeconds(3));
    engine.start();
    engines.add(engine);
    return engine;
  }

  private TimerEngine start() {
    return start(System::nanoTime);
  }

  private long timeUnlessFrozen() {
    try {
      thaw.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return System.nanoTime();
  }

  private static void awaitSlots(TimerEngine engine, int slots) {
    await().atMost(Duration.ofSeconds(30)).until(() -> engine.ownedSlots() == slots);
  }

  /** Lateness of what rang, in milliseconds, by the database's clock; negative would be early. */
  private List<Double> lateness() {
    return fixture
        .jdbc
        .sql("SELECT extract(epoch FROM fired_at - fire_at) * 1000 FROM rings ORDER BY 1")
        .query(Double.class)
        .list();
  }

  private void awaitRung(int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> fixture.bell.rung().size() >= count);
    assertThat(fixture.bell.rung()).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void an_instant_fires_when_it_comes() {
    awaitSlots(start(), Slot.COUNT);
    fixture.bell.set("t", 500, fixture.now().plusSeconds(1), 4);
    engines.get(0).loadNow();

    awaitRung(500);

    var lateness = lateness();
    assertThat(lateness.get(0)).isGreaterThanOrEqualTo(0);
    assertThat(lateness.get(250)).isLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void a_local_clock_that_jumps_by_minutes_makes_nothing_early_and_little_late(long seconds) {
    var jump = new AtomicLong();
    awaitSlots(start(() -> System.nanoTime() + jump.get()), Slot.COUNT);
    fixture.bell.set("t", 300, fixture.now().plusSeconds(1), 10);
    engines.get(0).loadNow();
    await().until(() -> fixture.bell.rung().size() > 50);

    jump.set(Duration.ofSeconds(seconds).toNanos());

    awaitRung(300);
    assertThat(lateness().get(0)).isGreaterThanOrEqualTo(0);
    assertThat(lateness().get(299)).isLessThan(3000);
  }

  @Test
  void the_slots_are_shared_out_and_taken_over_without_delay() {
    var first = start();
    awaitSlots(first, Slot.COUNT);
    fixture.bell.set("t", 1000, fixture.now().plusSeconds(2), 12);
    first.loadNow();

    var second = start();
    awaitSlots(second, Slot.COUNT / 2);
    awaitSlots(first, Slot.COUNT / 2);
    first.stop();
    awaitSlots(second, Slot.COUNT);

    awaitRung(1000);
    assertThat(lateness().get(0)).isGreaterThanOrEqualTo(0);
    assertThat(lateness().get(999)).isLessThan(1000);
  }

  @Test
  void what_a_frozen_owner_leaves_is_swept_within_seconds() {
    var survivor = start();
    awaitSlots(survivor, Slot.COUNT);
    var frozen = start(this::timeUnlessFrozen);
    awaitSlots(frozen, Slot.COUNT / 2);
    thaw = new CountDownLatch(1);
    fixture.bell.set("t", 200, fixture.now().plusMillis(500), 5);
    survivor.loadNow();

    awaitRung(200);

    assertThat(frozen.ownedSlots()).isEqualTo(Slot.COUNT / 2);
    assertThat(lateness().get(199)).isLessThan(5000);
    assertThat(fixture.swept.get()).isPositive();
  }

  @Test
  void the_punctual_stay_punctual_while_a_backlog_is_drained() {
    awaitSlots(start(), Slot.COUNT);
    Instant now = fixture.now();
    fixture.bell.set("punctual", 300, now.plusSeconds(2), 10);
    engines.get(0).loadNow();
    fixture.bell.set("old", 20_000, now.minusSeconds(3600), 1);

    awaitRung(20_300);

    assertThat(
            fixture
                .jdbc
                .sql(
                    """
                    SELECT max(extract(epoch FROM fired_at - fire_at)) FROM rings WHERE id LIKE 'punctual%'
                    """)
                .query(Double.class)
                .single())
        .isLessThan(1.0);
  }
}
