package dev.punctual.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.consumer.Received;
import dev.punctual.event.TimerSet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HintsTest {

  private static final Instant NINE = Instant.parse("2026-05-04T09:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Hints hints =
      new Hints(
          Set.of(TimerKind.REMINDER),
          new DatabaseClock(System::nanoTime),
          new TimerMetrics(meters));

  private Optional<Hint> read(String kind) {
    return hints.read(new Received(new TimerSet(kind, "milk", NINE), "event", null));
  }

  @Test
  void what_is_announced_for_this_worker_is_a_hint_and_what_is_for_another_one_is_not() {
    assertThat(read("reminder")).map(Hint::fireAt).contains(NINE);
    assertThat(read("template")).isEmpty();
    assertThat(meters.find("punctual.timers.unknown").counter()).isNull();
  }

  @Test
  void a_kind_that_a_newer_program_added_is_passed_over_and_counted() {
    assertThat(read("holiday")).isEmpty();
    assertThat(meters.get("punctual.timers.unknown").counter().count()).isEqualTo(1);
  }
}
