package dev.punctual.benchmarks;

import static dev.punctual.benchmarks.RelayBenchmark.BARE;
import static dev.punctual.benchmarks.RelayBenchmark.PUNCTUAL;
import static dev.punctual.benchmarks.RelayBenchmark.TRANSACTIONAL;

import dev.punctual.benchmarks.Contender.Entrant;
import java.util.List;

/** Prints the relay's figures as a table, and each comparison as a line. */
final class RelayReport {

  private RelayReport() {}

  static void print(Figures figures, List<Entrant> entrants) {
    System.out.println();
    System.out.println(
        "| | drain, events/s | 200/s: p50 ms | p99 | max | 1,000/s: p50 ms | p99 | max |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
    for (var entrant : entrants) {
      var row = new StringBuilder("| " + entrant.name());
      row.append(" | %,.0f".formatted(figures.median(entrant.name(), "drain")));
      for (int rate : Plan.RATES) {
        for (var what : List.of("p50_", "p99_", "max_")) {
          row.append(" | %.1f".formatted(figures.median(entrant.name(), what + rate)));
        }
      }
      System.out.println(row.append(" |"));
    }
    System.out.println();
    System.out.println("| | writes/s | p50 ms | p99 |");
    System.out.println("|---|---:|---:|---:|");
    for (var who : List.of(WriteCost.PLAIN, WriteCost.WITH_EVENT)) {
      System.out.printf(
          "| %s | %,.0f | %.2f | %.2f |%n",
          who,
          figures.median(who, "per_second"),
          figures.median(who, "p50"),
          figures.median(who, "p99"));
    }
    System.out.println();
    ratios(figures, entrants);
  }

  private static void ratios(Figures figures, List<Entrant> entrants) {
    ratio("drain-vs-transactional", figures.ratio(PUNCTUAL, TRANSACTIONAL, "drain"));
    for (int rate : Plan.RATES) {
      ratio("p50-at-%d-vs-bare".formatted(rate), figures.ratio(PUNCTUAL, BARE, "p50_" + rate));
      for (var what : List.of("p50", "p99")) {
        ratio(
            "%s-at-%d-vs-transactional".formatted(what, rate),
            figures.ratio(PUNCTUAL, TRANSACTIONAL, what + "_" + rate));
      }
    }
    for (var peer : entrants) {
      if (List.of(PUNCTUAL, BARE, TRANSACTIONAL).contains(peer.name())) {
        continue;
      }
      ratio("drain-vs-" + peer.name(), figures.ratio(PUNCTUAL, peer.name(), "drain"));
      for (int rate : Plan.RATES) {
        for (var what : List.of("p50", "p99")) {
          ratio(
              "%s-at-%d-vs-%s".formatted(what, rate, peer.name()),
              figures.ratio(PUNCTUAL, peer.name(), what + "_" + rate));
        }
      }
    }
    for (var what : List.of("per_second", "p50")) {
      ratio(
          "write-%s-with-vs-without-event".formatted(what.replace('_', '-')),
          figures.ratio(WriteCost.WITH_EVENT, WriteCost.PLAIN, what));
    }
  }

  private static void ratio(String what, double value) {
    System.out.printf("ratio relay.%s %.3f%n", what, value);
  }
}
