package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

  private static final Instant NINE = Instant.parse("2026-05-04T09:00:00Z");

  private long nanos = -5_000_000_000L;
  private final DatabaseClock clock = new DatabaseClock(() -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void measure(Instant database, Duration answerTook) {
    long before = nanos;
    pass(answerTook);
    clock.measured(before, database, nanos);
  }

  @Test
  void it_knows_nothing_before_the_first_measure() {
    assertThat(clock.isKnown()).isFalse();
    assertThatThrownBy(clock::now).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void it_runs_with_the_monotonic_clock_from_the_middle_of_the_first_measure() {
    measure(NINE, Duration.ofMillis(4));
    assertThat(clock.now()).isEqualTo(NINE.plusMillis(2));
    pass(Duration.ofSeconds(30));
    assertThat(clock.now()).isEqualTo(NINE.plusMillis(30_002));
  }

  @Test
  void a_slow_answer_that_contradicts_nothing_changes_nothing() {
    measure(NINE, Duration.ZERO);
    pass(Duration.ofSeconds(1));
    measure(NINE.plusMillis(1_900), Duration.ofSeconds(1));
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(2));
  }

  @Test
  void a_quick_answer_corrects_it() {
    measure(NINE.plusSeconds(3), Duration.ofSeconds(8));
    measure(NINE.plusSeconds(8), Duration.ofMillis(2));
    assertThat(clock.now()).isBetween(NINE.plusSeconds(8), NINE.plusMillis(8_002));
  }

  @Test
  void a_step_of_the_databases_clock_is_followed() {
    measure(NINE, Duration.ZERO);
    measure(NINE.minusSeconds(300), Duration.ofMillis(1));
    assertThat(clock.now()).isBetween(NINE.minusSeconds(300), NINE.minusMillis(299_999));
  }
}
