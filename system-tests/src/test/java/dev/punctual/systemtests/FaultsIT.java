package dev.punctual.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.systemtests.Fault.Extent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of {@code ./chaos} once, shortened, on one installation; judged a family at a time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {

  private static final long SEED = 20_261_122;

  /** A fifth of the full load: on two cores the services are to start beside it. */
  private static final int WRITES_PER_SECOND = 40;

  private final Trial trial =
      new Trial(SharedInstallation.PUNCTUAL, Extent.SHORTENED, SEED, WRITES_PER_SECOND, Chaos::say);

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
