package dev.punctual.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Tally tally = new Tally(nanos::get);

  @Test
  void a_load_that_comes_to_a_halt_is_wrong() {
    assertThat(tally.check(200, 20).wrong()).singleElement().asString().contains("not a single");
  }

  @Test
  void a_load_below_the_least_rate_is_wrong() {
    acknowledge(10);
    nextSecond();
    acknowledge(20);

    assertThat(tally.check(200, 15).wrong()).isEmpty();
    assertThat(tally.check(200, 16).wrong())
        .singleElement()
        .asString()
        .contains("only 15 writes/s");
  }

  @Test
  void seconds_in_which_something_was_away_do_not_count_for_the_rate() {
    acknowledge(20);
    nextSecond();
    acknowledge(1);
    tally.failed();

    assertThat(tally.check(200, 20).wrong()).isEmpty();
  }

  @Test
  void a_request_that_hung_and_a_failure_of_the_load_itself_are_wrong() {
    acknowledge(20);
    tally.hung("POST /api/tasks");
    tally.unexpected("no JSON");

    assertThat(tally.check(200, 20).wrong()).hasSize(2);
  }

  private void acknowledge(int writes) {
    for (int i = 0; i < writes; i++) {
      tally.acknowledged();
    }
  }

  private void nextSecond() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }
}
