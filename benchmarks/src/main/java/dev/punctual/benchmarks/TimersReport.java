package dev.punctual.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collects the figures, prints the tables and each comparison as a line. */
final class TimersReport {

  private final List<String> bursts = new ArrayList<>();
  private final List<String> spreads = new ArrayList<>();
  private final List<String> consumers = new ArrayList<>();
  private final Map<String, Double> rates = new HashMap<>();
  private final Map<String, FiredFigures> spreadOf = new HashMap<>();
  private final Map<String, Double> consumerP99 = new HashMap<>();
  private final Map<String, Long> memory = new HashMap<>();

  void burst(String who, FiredFigures fired, Work work, int expected) {
    rates.put(who, fired.perSecond());
    bursts.add(
        "| %s | %.1f | %,.0f | %,d of %,d | %d | %.3f | %.4f |"
            .formatted(
                who,
                fired.seconds(),
                fired.perSecond(),
                fired.distinct(),
                expected,
                fired.fired() - fired.distinct(),
                work.statements() / (double) fired.fired(),
                work.commits() / (double) fired.fired()));
    System.err.println(bursts.get(bursts.size() - 1));
  }

  void spread(String who, FiredFigures fired, int expected) {
    spreadOf.put(who, fired);
    spreads.add(
        "| %s | %.1f | %.1f | %.1f | %.1f | %d | %d | %s |"
            .formatted(
                who,
                fired.min(),
                fired.p50(),
                fired.p99(),
                fired.max(),
                expected - fired.distinct(),
                fired.fired() - fired.distinct(),
                memory.containsKey(who) ? memory.get(who) : ""));
    System.err.println(spreads.get(spreads.size() - 1));
  }

  void consumer(String who, ReminderArrivals arrivals) {
    consumerP99.put(who, arrivals.millisAt(99));
    consumers.add(
        "| %s | %.1f | %.1f | %.1f | %,d |"
            .formatted(
                who,
                arrivals.millisAt(50),
                arrivals.millisAt(99),
                arrivals.millisAt(100),
                arrivals.count()));
    System.err.println(consumers.get(consumers.size() - 1));
  }

  void memory(String who, long megabytes) {
    memory.put(who, megabytes);
  }

  void print() {
    System.out.printf("%nAll due at one instant%n%n");
    System.out.println(
        "| | s until the last | a second | fired | double | statements each | commits each |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|");
    bursts.forEach(System.out::println);
    System.out.printf("%nOne every 6 ms: lateness of the committed row, ms%n%n");
    System.out.println("| | least | p50 | p99 | max | lost | double | resident MB |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
    spreads.forEach(System.out::println);
    System.out.printf("%nThe same at a read_committed consumer, ms%n%n");
    System.out.println("| | p50 | p99 | max | received |");
    System.out.println("|---|---:|---:|---:|---:|");
    consumers.forEach(System.out::println);
    System.out.println();
    ratios();
  }

  private void ratios() {
    for (var who : List.of("floor", "db-scheduler", "quartz", "jobrunr")) {
      if (rates.containsKey(who)) {
        ratio("burst-rate-vs-" + who, of(rates, "punctual") / of(rates, who));
      }
      if (spreadOf.containsKey(who)) {
        ratio("p99-vs-" + who, of(spreadOf, "punctual").p99() / of(spreadOf, who).p99());
      }
    }
    ratio(
        "consumer-p99-vs-bare-produce",
        of(consumerP99, "punctual") / of(consumerP99, "bare produce"));
    spreadOf.forEach(
        (who, figures) -> {
          if (who.startsWith("punctual, ")) {
            ratio(
                "p99-%s-vs-alone".formatted(who.substring(10).replaceAll("[ ,]+", "-")),
                figures.p99() / of(spreadOf, "punctual").p99());
          }
        });
  }

  private static <T> T of(Map<String, T> figures, String who) {
    return Objects.requireNonNull(figures.get(who), who);
  }

  private static void ratio(String what, double value) {
    System.out.printf("ratio timers.%s %.3f%n", what, value);
  }
}
