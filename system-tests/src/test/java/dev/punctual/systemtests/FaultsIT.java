package dev.punctual.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.systemtests.Fault.Extent;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of {@code ./chaos} once, shortened, on one installation. */
class FaultsIT {

  private static final long SEED = 20_261_122;
  private static Trial trial;

  @BeforeAll
  static void start() {
    trial =
        new Trial(
            Installation.start(2), Extent.SHORTENED, SEED, 200, line -> System.out.println(line));
  }

  @AfterAll
  static void end() {
    if (trial != null) {
      trial.close();
    }
  }

  static List<Fault> faults() {
    return Chaos.faults();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void nothing_is_lost_and_nothing_comes_twice(Fault fault) {
    assertThat(trial.run(fault)).allMatch(Verdict::isGood);
  }
}
