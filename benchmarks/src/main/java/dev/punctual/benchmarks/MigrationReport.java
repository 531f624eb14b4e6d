package dev.punctual.benchmarks;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints the steps as a table, then a line for each comparison. "Elsewhere" is the longest write to
 * a table that nobody migrates: what the machine does to a write by itself.
 */
record MigrationReport(List<Step> steps, Step idle, @Nullable Step plain) {

  /** What the upgrade from V5 to V11 was planned with, for 1,000,000 users. */
  private static final double PLANNED_BYTES = 500_000_000;

  void print() {
    System.out.printf(
        "%-10s %12s %8s %10s %18s %18s %10s%n",
        "migration",
        "duration ms",
        "writes",
        "p99 ms",
        "longest write ms",
        "elsewhere ms",
        "added MB");
    print(idle);
    steps.forEach(MigrationReport::print);
    if (plain != null) {
      print(plain);
    }
    var longest = steps.stream().mapToDouble(Step::longestMillis).max().orElse(0);
    var slowest = steps.stream().max(Comparator.comparingLong(Step::millis)).orElseThrow();
    var upgrade = bytes(6, 11);
    System.out.printf(
        "longest write %.0f ms (promised: 250), slowest migration V%s %.1f s (promised: 30), added by V6 to V11 %.0f MB, by all %.0f MB%n",
        longest, slowest.version(), slowest.millis() / 1000.0, upgrade / 1e6, bytes(6, 999) / 1e6);
    var elsewhere = steps.stream().mapToDouble(Step::longestControlMillis).max().orElse(0);
    ratio("longest_write_against_idle", longest / idle.longestMillis());
    ratio("longest_write_against_elsewhere", longest / elsewhere);
    ratio("longest_write_against_promise", longest / 250);
    ratio("slowest_migration_against_promise", slowest.millis() / 30_000.0);
    if (plain != null) {
      ratio("longest_write_against_plain_index", longest / plain.longestMillis());
      ratio("size_against_plan", upgrade / PLANNED_BYTES);
    }
  }

  private double bytes(int from, int to) {
    return steps.stream()
        .filter(s -> Integer.parseInt(s.version()) >= from && Integer.parseInt(s.version()) <= to)
        .mapToLong(Step::bytes)
        .sum();
  }

  private static void print(Step step) {
    System.out.printf(
        "%-10s %,12d %,8d %10.1f %18.1f %18.1f %10.1f%n",
        step.version(),
        step.millis(),
        step.writes(),
        step.p99Millis(),
        step.longestMillis(),
        step.longestControlMillis(),
        step.bytes() / 1e6);
  }

  private static void ratio(String what, double value) {
    System.out.printf("ratio migrations.%s %.3f%n", what, value);
  }
}
