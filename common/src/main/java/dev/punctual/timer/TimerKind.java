package dev.punctual.timer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a timer is for, and so which worker fires it. */
public enum TimerKind {
  /** A task's reminder; the id is the task's. */
  REMINDER,
  /** A template's next spawn; the id is the template's. */
  TEMPLATE,
  /** A completed task whose successor is owed; the id is the completed task's. */
  SUCCESSOR;

  /** The name in the table and in events. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this name; empty if a newer program added it. */
  static Optional<TimerKind> find(String sqlName) {
    return Arrays.stream(values()).filter(kind -> kind.sqlName().equals(sqlName)).findFirst();
  }

  public static TimerKind of(String sqlName) {
    return valueOf(sqlName.toUpperCase(Locale.ROOT));
  }
}
