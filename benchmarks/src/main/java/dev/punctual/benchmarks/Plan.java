package dev.punctual.benchmarks;

import dev.punctual.benchmarks.Contender.Entrant;
import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param seconds of load at each rate, after {@code warmUp} seconds of it
 * @param within no round is begun that would probably end later
 */
record Plan(
    int rounds,
    int backlog,
    int warmUpBacklog,
    int warmUp,
    int seconds,
    int writeSeconds,
    Duration within) {

  static final Plan QUICK = new Plan(2, 100_000, 50_000, 2, 5, 2, Duration.ofSeconds(110));
  static final Plan FULL = new Plan(3, 100_000, 30_000, 2, 8, 4, Duration.ofMinutes(12));
  static final int[] RATES = {200, 1_000};

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Whether there is time for another round as long as those before. */
  boolean allowsAnother(int done, Duration elapsed) {
    return done < rounds
        && elapsed.multipliedBy(done + 1).compareTo(within.multipliedBy(done)) <= 0;
  }

  /** Starts a contender, measures it and stops it. */
  void turn(Servers servers, Entrant entrant, Figures figures) {
    try (var contender = entrant.starter().start(entrant)) {
      double warm = drain(servers, entrant, contender, warmUpBacklog);
      double perSecond = warm > 0 ? drain(servers, entrant, contender, backlog) : warm;
      figures.add(entrant.name(), "drain", Math.abs(perSecond));
      System.err.printf("  drain        %,10.0f events/s%n", Math.abs(perSecond));
      if (perSecond < 0) {
        return;
      }
      for (int rate : RATES) {
        var latencies = OpenLoad.run(contender, servers, entrant.topic(), rate, warmUp, seconds);
        double p50 = latencies.getValueAtPercentile(50) / 1e6;
        double p99 = latencies.getValueAtPercentile(99) / 1e6;
        double max = latencies.getMaxValue() / 1e6;
        figures.add(entrant.name(), "p50_" + rate, p50);
        figures.add(entrant.name(), "p99_" + rate, p99);
        figures.add(entrant.name(), "max_" + rate, max);
        System.err.printf(
            "  at %,5d/s    p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms%n", rate, p50, p99, max);
      }
    }
  }

  /** Events per second; negative, and of those that came, if not all did in time. */
  private static double drain(Servers servers, Entrant entrant, Contender contender, int size) {
    var events = Tasks.backlog(size);
    try (var arrivals = new Arrivals(servers.kafka(), entrant.topic(), size)) {
      long from = contender.release(events);
      if (arrivals.await(size, PATIENCE)) {
        return size * 1e9 / (arrivals.last() - from);
      }
      System.err.printf(
          "  Only %,d of %,d waiting events arrived within %s; no latencies are measured.%n",
          arrivals.count(), size, PATIENCE);
      return -arrivals.count() * 1e9 / PATIENCE.toNanos();
    }
  }
}
