package dev.punctual.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLettersCheckerTest {

  private final Told deadLetter =
      History.event("1", "outbox.parked", History.TASK, History.NOON, History.json("{}"));

  @Test
  void what_is_put_aside_is_found_unless_a_fault_explains_it() {
    assertThat(check(List.of(deadLetter), List.of(), Set.of())).hasSize(1);
    assertThat(check(List.of(deadLetter), List.of(), Set.of(History.TASK))).isEmpty();
    assertThat(check(List.of(), List.of("timer reminder of x"), Set.of())).hasSize(1);
  }

  private static List<String> check(List<Told> log, List<String> parked, Set<String> expected) {
    return new DeadLettersChecker().check(log, parked, expected).wrong();
  }
}
