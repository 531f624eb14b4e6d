package dev.punctual.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Writes at a rate that does not wait for the contender, and measures how long each event took to
 * the consumer.
 *
 * <p>Coordinated omission is avoided: a write that begins late, because all writers are held up,
 * counts from the instant at which it should have begun.
 */
final class OpenLoad {

  private static final int WRITERS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private OpenLoad() {}

  /** Returns the latencies in nanoseconds, without those of the warm-up. */
  static Histogram run(
      Contender contender, Servers servers, String topic, int rate, int warmUp, int seconds) {
    int discarded = rate * warmUp;
    int total = discarded + rate * seconds;
    var committed = new long[total];
    try (var arrivals = new Arrivals(servers.kafka(), topic, total)) {
      write(contender, rate, committed);
      boolean complete = arrivals.await(total, PATIENCE);
      long end = System.nanoTime();
      if (!complete) {
        System.err.printf(
            "  Only %,d of %,d events arrived; the others count as arriving now.%n",
            arrivals.count(), total);
      }
      var latencies = new Histogram(3);
      for (int n = discarded; n < total; n++) {
        long arrived = arrivals.of(n) == 0 ? end : arrivals.of(n);
        latencies.recordValue(Math.max(0, arrived - committed[n]));
      }
      return latencies;
    }
  }

  private static void write(Contender contender, int rate, long[] committed) {
    var next = new AtomicInteger();
    long interval = 1_000_000_000L / rate;
    long begin = System.nanoTime() + 10_000_000;
    var writers =
        IntStream.range(0, WRITERS)
            .mapToObj(
                w -> new Thread(() -> write(contender, next, begin, interval, committed), "w" + w))
            .toList();
    writers.forEach(Thread::start);
    writers.forEach(Pause::untilEnded);
  }

  private static void write(
      Contender contender, AtomicInteger next, long begin, long interval, long[] committed) {
    for (int n = next.getAndIncrement(); n < committed.length; n = next.getAndIncrement()) {
      long due = begin + n * interval;
      var event = Tasks.numbered(n);
      Pause.until(due);
      long late = System.nanoTime() - due;
      committed[n] = contender.write(event) - late;
    }
  }
}
