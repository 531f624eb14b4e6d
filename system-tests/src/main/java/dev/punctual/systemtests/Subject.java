package dev.punctual.systemtests;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What {@code task-events} tells of, each kind with a row in the database. */
enum Subject {
  TASK("task", true),
  TEMPLATE("recurring_task", true),
  TAG("tag", false);

  private final String name;
  private final boolean versioned;

  Subject(String name, boolean versioned) {
    this.name = name;
    this.versioned = versioned;
  }

  /** What an event changes; a snapshot changes nothing. */
  static Optional<Subject> of(Told event) {
    return Stream.of(values())
        .filter(subject -> event.type().startsWith(subject.name + "."))
        .filter(subject -> !event.type().endsWith(".snapshot"))
        .findFirst();
  }

  boolean isVersioned() {
    return versioned;
  }

  boolean isCreation(Told event) {
    return event.is(name + ".created");
  }

  boolean isDeletion(Told event) {
    return event.is(name + ".deleted");
  }

  /** After the change; for a deletion before it. */
  JsonNode state(Told event) {
    return event.body().path(name);
  }

  /** How messages call it. */
  String noun() {
    return this == TEMPLATE ? "template" : name;
  }
}
