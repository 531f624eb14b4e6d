package dev.punctual.timer;

import java.time.Duration;

/** The instants of the next minute, held in memory. A hint: the table decides. */
final class NearWindow {

  static final Duration LENGTH = Duration.ofSeconds(60);

  private NearWindow() {}
}
