package dev.punctual.benchmarks;

import java.util.concurrent.TimeUnit;

/**
 * What happened during one migration.
 *
 * @param writes how many writes there were meanwhile
 * @param longestControlMillis of the writes to a table that nobody migrates
 */
record Step(
    String version,
    long millis,
    long writes,
    double p99Millis,
    double longestMillis,
    double longestControlMillis,
    long bytes) {

  static Step of(String version, long started, SteadyWrites load, long bytes) {
    var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    var window = load.takeWindow();
    return new Step(
        version,
        millis,
        window.getTotalCount(),
        window.getValueAtPercentile(99) / 1000.0,
        window.getMaxValue() / 1000.0,
        load.takeControl().getMaxValue() / 1000.0,
        bytes);
  }
}
