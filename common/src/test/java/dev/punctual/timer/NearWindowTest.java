package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NearWindowTest {

  private static final Instant NINE = Instant.parse("2026-05-04T09:00:00Z");

  private final NearWindow window = new NearWindow();

  @BeforeEach
  void reaches_to_one_minute_past_nine() {
    window.extendTo(NINE.plus(NearWindow.LENGTH));
  }

  private static Hint hint(String id, Instant fireAt) {
    return Hint.of(new Timer(TimerKind.REMINDER, id, fireAt));
  }

  @Test
  void of_what_is_due_the_youngest_come_first_and_what_is_not_due_stays() {
    window.offer(hint("second", NINE.plusSeconds(2)));
    window.offer(hint("third", NINE.plusSeconds(3)));
    window.offer(hint("first", NINE.plusSeconds(1)));

    assertThat(window.takeYoungest(NINE.plusSeconds(2), 10))
        .extracting(Hint::id)
        .containsExactly("second", "first");
    assertThat(window.size()).isEqualTo(1);
  }

  @Test
  void the_oldest_are_handed_out_only_when_more_is_due_than_a_batch() {
    IntStream.range(0, 5).forEach(n -> window.offer(hint("t" + n, NINE.plusMillis(n))));

    assertThat(window.takeOldestOfMore(NINE.plusMillis(2), 3)).isEmpty();
    assertThat(window.takeOldestOfMore(NINE.plusMillis(3), 3))
        .extracting(Hint::id)
        .containsExactly("t0", "t1", "t2");
  }

  @Test
  void what_was_due_at_an_instant_is_forgotten_at_once() {
    IntStream.range(0, 5).forEach(n -> window.offer(hint("t" + n, NINE.plusMillis(n))));

    assertThat(window.forgetDue(NINE.plusMillis(3))).isTrue();
    assertThat(window.forgetDue(NINE.plusMillis(3))).isFalse();

    assertThat(window.takeYoungest(NINE.plusSeconds(1), 10))
        .extracting(Hint::id)
        .containsExactly("t4");
  }

  @Test
  void a_hint_that_comes_again_is_held_once() {
    window.offer(hint("milk", NINE));
    window.offer(hint("milk", NINE));
    assertThat(window.size()).isEqualTo(1);
  }

  @Test
  void a_hint_beyond_the_end_is_left_to_the_load_that_will_reach_it() {
    window.offer(hint("late", NINE.plusSeconds(61)));
    assertThat(window.size()).isZero();

    window.extendTo(NINE.plusSeconds(90));
    window.offer(hint("late", NINE.plusSeconds(61)));
    assertThat(window.size()).isEqualTo(1);
  }

  @Test
  void before_the_first_load_nothing_is_taken() {
    var unloaded = new NearWindow();
    unloaded.offer(hint("milk", NINE));
    assertThat(unloaded.size()).isZero();
  }

  @Test
  void the_wait_ends_when_the_first_is_due() throws InterruptedException {
    var clock = new DatabaseClock(System::nanoTime);
    clock.measured(clock.reading(), NINE, clock.reading());
    window.offer(hint("milk", NINE.plusMillis(30)));

    window.awaitDue(clock, Duration.ofSeconds(20));
    assertThat(clock.now()).isBetween(NINE.plusMillis(30), NINE.plusSeconds(10));
  }
}
