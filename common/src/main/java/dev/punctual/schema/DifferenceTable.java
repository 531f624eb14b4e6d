package dev.punctual.schema;

import java.util.List;

/** Differences for people: one line each, what to do at its end. */
final class DifferenceTable {

  private DifferenceTable() {}

  static void print(List<Difference> differences, Terminal terminal) {
    if (differences.isEmpty()) {
      return;
    }
    var what = differences.stream().mapToInt(d -> d.what().length()).max().orElse(1);
    var problem =
        Math.min(60, differences.stream().mapToInt(d -> d.problem().length()).max().orElse(1));
    var line = "%-" + what + "s  %-" + problem + "s  %s";
    terminal.say(line.formatted("WHAT", "PROBLEM", "WHAT TO DO"));
    differences.forEach(d -> terminal.say(line.formatted(d.what(), d.problem(), d.remedy())));
  }
}
