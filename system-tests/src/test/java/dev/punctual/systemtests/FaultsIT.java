package dev.punctual.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.systemtests.Fault.Extent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of {@code ./chaos} once, shortened, on one installation; judged a family at a time.
 */
class FaultsIT {

  private static final long SEED = 20_261_122;
  private static Trial trial;

  @BeforeAll
  static void start() {
    trial = new Trial(Installation.start(2), Extent.SHORTENED, SEED, 200, Chaos::say);
  }

  @AfterAll
  static void end() {
    if (trial != null) {
      trial.close();
    }
  }

  static Stream<Arguments> families() {
    return Chaos.families().entrySet().stream()
        .map(family -> Arguments.of(family.getKey(), family.getValue()));
  }

  @ParameterizedTest(name = "faults of {0}")
  @MethodSource("families")
  void nothing_is_lost_and_nothing_comes_twice(String family, List<Fault> faults) {
    assertThat(trial.run(faults)).as(family).allMatch(Verdict::isGood);
  }
}
