package dev.punctual.systemtests;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * Something that goes wrong in an installation under load. When {@link #strike} returns, it is
 * mended.
 */
interface Fault {

  /** What {@code ./chaos} calls it. */
  String name();

  /** One sentence: what happens. */
  String description();

  /** How late a reminder may be because of it; empty if that is not promised. */
  Optional<Duration> latest();

  /** Does it, so often and so long as the extent says. */
  void strike(Scene scene);

  /**
   * Where a fault strikes.
   *
   * @param extent how much of it
   * @param random what is chosen by chance is chosen with this
   */
  record Scene(
      Installation installation,
      WriteLoad load,
      Extent extent,
      Random random,
      Expectations expectations,
      Report report) {

    /** Waits until a process is ready again; where time is short, the next fault strikes before. */
    void recover(ServiceProcess service) {
      if (extent == Extent.FULL) {
        service.awaitReady();
      }
    }
  }

  /** How much of a fault: shortened for every build, in full for {@code ./chaos}. */
  enum Extent {
    SHORTENED,
    FULL;

    int times(int shortened, int full) {
      return this == FULL ? full : shortened;
    }

    Duration seconds(int shortened, int full) {
      return Duration.ofSeconds(this == FULL ? full : shortened);
    }
  }

  /** Where progress and figures go. */
  interface Report {
    void line(String line);
  }
}
