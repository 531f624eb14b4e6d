package dev.punctual.systemtests;

import dev.punctual.systemtests.Fault.Extent;
import dev.punctual.systemtests.Fault.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What faults tell the checkers to expect, and the promises about time that they found broken.
 * Those are judged only in full: a build runs on whatever machine, beside whatever else.
 */
final class Expectations {

  private final Extent extent;
  private final Report report;
  private final List<Period> repeats = new ArrayList<>();
  private final Set<String> deadLetters = new HashSet<>();
  private final List<String> broken = new ArrayList<>();

  private record Period(Instant from, Instant until) {}

  Expectations(Extent extent, Report report) {
    this.extent = extent;
    this.report = report;
  }

  /** What was published in this period may be on the log again. */
  void repeats(Instant from, Instant until) {
    repeats.add(new Period(from, until));
  }

  boolean mayRepeat(Told record) {
    return repeats.stream()
        .anyMatch(
            period ->
                !record.publishedAt().isBefore(period.from())
                    && !record.publishedAt().isAfter(period.until()));
  }

  /** What is about this task, template or user may be a dead letter. */
  void deadLetter(String key) {
    deadLetters.add(key);
  }

  Set<String> deadLetters() {
    return deadLetters;
  }

  /** Reports how long something took, and judges it. */
  void within(Duration promised, Duration took, String what) {
    report.line(
        "%s: %d ms (promised: %d ms)".formatted(what, took.toMillis(), promised.toMillis()));
    if (extent == Extent.FULL && took.compareTo(promised) > 0) {
      broken.add(
          "%s took %d ms, more than %d ms".formatted(what, took.toMillis(), promised.toMillis()));
    }
  }

  /** Judges what was measured since the last time. */
  Verdict check() {
    var verdict =
        new Verdict(
            "promises of time",
            extent == Extent.FULL ? broken.size() + " broken" : "not judged when shortened",
            List.copyOf(broken));
    broken.clear();
    return verdict;
  }
}
