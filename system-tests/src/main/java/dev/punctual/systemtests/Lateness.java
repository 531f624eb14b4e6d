package dev.punctual.systemtests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How late reminders fired, counted from their instant or, if they were set later, from then. */
final class Lateness {

  private final List<Long> millis = new ArrayList<>();

  Duration of(RemindersChecker.Fired fired, Standing standing) {
    var due = standing.instant().isAfter(standing.from()) ? standing.instant() : standing.from();
    var late = Duration.between(due, fired.firedAt());
    millis.add(late.toMillis());
    return late;
  }

  @Override
  public String toString() {
    if (millis.isEmpty()) {
      return "none now";
    }
    Collections.sort(millis);
    return "now %d, late by p50 %d ms, p99 %d ms, at most %d ms"
        .formatted(
            millis.size(),
            millis.get(millis.size() / 2),
            millis.get((int) (millis.size() * 0.99)),
            millis.get(millis.size() - 1));
  }
}
