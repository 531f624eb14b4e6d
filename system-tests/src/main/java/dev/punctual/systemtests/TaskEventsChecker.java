package dev.punctual.systemtests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every committed change of a task, template or tag is on {@code task-events} exactly once, in
 * order for each, with no version missing, says what changed, and nothing is there that did not
 * commit. Compares the log with the rows of a database at rest, field by field.
 */
final class TaskEventsChecker {

  private final Predicate<Told> mayRepeat;
  private final List<String> wrong = new ArrayList<>();
  private final Set<String> eventIds = new HashSet<>();
  private final Map<String, Told> last = new HashMap<>();

  /**
   * A row that events tell of.
   *
   * @param version 0 where the kind has none
   * @param state as events write it
   */
  record Row(Subject subject, String id, long version, JsonNode state) {}

  /**
   * A checker of one log.
   *
   * @param mayRepeat which records may be there again
   */
  TaskEventsChecker(Predicate<Told> mayRepeat) {
    this.mayRepeat = mayRepeat;
  }

  Verdict check(List<Told> log, List<Row> rows) {
    for (var event : log) {
      if (eventIds.add(event.id())) {
        Subject.of(event).ifPresent(subject -> follow(event, subject));
      } else if (!mayRepeat.test(event)) {
        wrong.add("twice on the log: " + event);
      }
    }
    var alive = new HashSet<String>();
    for (var row : rows) {
      alive.add(row.id());
      compare(row);
    }
    last.values().stream()
        .filter(event -> !isDeletion(event) && !alive.contains(event.key()))
        .forEach(event -> wrong.add("on the log, undeleted, and not in the database: " + event));
    return new Verdict(
        "task-events",
        "%d records of %d tasks, templates and tags".formatted(log.size(), last.size()),
        wrong);
  }

  private void follow(Told event, Subject subject) {
    var before = last.put(event.key(), event);
    if (before == null != subject.isCreation(event)) {
      wrong.add("the first event is the creation, and no other is: " + event);
    }
    if (before != null && subject.isDeletion(before)) {
      wrong.add("after the deletion: " + event);
    }
    long expected = before == null ? 1 : before.version() + 1;
    if (subject.isVersioned() && event.version() != expected) {
      wrong.add("expected version " + expected + ", found " + event);
    } else if (subject.isVersioned()) {
      checkChange(event, subject, before == null ? null : subject.state(before));
    }
  }

  private void checkChange(Told event, Subject subject, @Nullable JsonNode before) {
    if (subject.isDeletion(event)) {
      if (before != null && !States.differing(subject.state(event), before).isEmpty()) {
        wrong.add("it is deleted as it never was: " + event);
      }
      return;
    }
    var told = new TreeSet<String>();
    event.body().path("changed").forEach(name -> told.add(name.asString()));
    var changed = States.changed(before, subject.state(event));
    if (!told.equals(changed)) {
      wrong.add("it tells that %s changed, and %s did: %s".formatted(told, changed, event));
    }
  }

  private void compare(Row row) {
    var name = row.subject().noun() + " " + row.id();
    var event = last.get(row.id());
    if (event == null) {
      wrong.add(name + " is in the database and not on the log");
    } else if (isDeletion(event)) {
      wrong.add(name + " is in the database, and deleted on the log");
    } else if (event.version() != row.version()) {
      wrong.add(
          "%s has version %d in the database, %d on the log"
              .formatted(name, row.version(), event.version()));
    } else {
      var differing = States.differing(row.subject().state(event), row.state());
      if (!differing.isEmpty()) {
        wrong.add(name + " differs between the database and its last event in " + differing);
      }
    }
  }

  private static boolean isDeletion(Told event) {
    return Subject.of(event).filter(subject -> subject.isDeletion(event)).isPresent();
  }
}
