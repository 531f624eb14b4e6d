package dev.punctual.benchmarks;

import dev.punctual.benchmarks.Contender.Entrant;
import dev.punctual.event.TaskEvent;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What the outbox costs a request that writes: its transaction with and without the event. */
final class WriteCost {

  static final String PLAIN = "write without event";
  static final String WITH_EVENT = "write with event";
  private static final int WRITERS = 4;

  private final Servers servers;

  WriteCost(Servers servers) {
    this.servers = servers;
  }

  void measure(int seconds, Figures figures) {
    var entrant = new Entrant(RelayBenchmark.PUNCTUAL, e -> new PunctualOutbox(servers, e));
    try (var outbox = new PunctualOutbox(servers, entrant)) {
      outbox.createUser(Tasks.USER);
      for (int warmUp = 1; warmUp >= 0; warmUp--) {
        run(outbox, seconds, false, warmUp == 0 ? figures : new Figures());
        run(outbox, seconds, true, warmUp == 0 ? figures : new Figures());
      }
    }
  }

  private static void run(PunctualOutbox outbox, int seconds, boolean withEvent, Figures figures) {
    var durations = new ConcurrentHistogram(3);
    var next = new AtomicInteger();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    var writers =
        IntStream.range(0, WRITERS)
            .mapToObj(
                w -> new Thread(() -> write(outbox, withEvent, next, end, durations), "w" + w))
            .toList();
    writers.forEach(Thread::start);
    writers.forEach(Pause::untilEnded);
    var who = withEvent ? WITH_EVENT : PLAIN;
    figures.add(who, "per_second", durations.getTotalCount() / (double) seconds);
    figures.add(who, "p50", durations.getValueAtPercentile(50) / 1e6);
    figures.add(who, "p99", durations.getValueAtPercentile(99) / 1e6);
    outbox.deleteTasks();
  }

  private static void write(
      PunctualOutbox outbox, boolean withEvent, AtomicInteger next, long end, Histogram durations) {
    while (System.nanoTime() < end) {
      TaskEvent event = Tasks.numbered(next.getAndIncrement());
      long start = System.nanoTime();
      outbox.createTask(event, withEvent);
      durations.recordValue(System.nanoTime() - start);
    }
  }
}
