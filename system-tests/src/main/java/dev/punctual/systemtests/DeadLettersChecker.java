package dev.punctual.systemtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Nothing is put aside: no fault that strikes a process or a server is the fault of a record or a
 * timer. The dead-letter topics and the tables of parked events and timers must be empty, but for
 * what a fault says it has made unreadable.
 */
final class DeadLettersChecker {

  /**
   * Judges.
   *
   * @param parked what the tables hold
   * @param expected the keys of the dead letters that a fault has caused
   */
  Verdict check(List<Told> deadLetters, List<String> parked, Set<String> expected) {
    var wrong = new ArrayList<String>();
    deadLetters.stream()
        .filter(record -> !expected.contains(record.key()))
        .forEach(record -> wrong.add("a dead letter: " + record));
    parked.forEach(what -> wrong.add("parked: " + what));
    return new Verdict(
        "dead letters",
        "%d put aside, %d of them because of a fault"
            .formatted(
                deadLetters.size() + parked.size(),
                deadLetters.size() + parked.size() - wrong.size()),
        wrong);
  }
}
