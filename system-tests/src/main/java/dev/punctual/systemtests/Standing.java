package dev.punctual.systemtests;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * When each reminder of one task stood, as its events tell. A reminder stands from the change that
 * sets it to the one that moves it away, completes the task or deletes it. One whose instant is
 * past at the change stands only if the change is what asks for it.
 *
 * @param instant when it is to fire
 * @param from the instant of the change that set it
 * @param until the instant of the change that ended it; {@link Instant#MAX} without one
 */
record Standing(Instant instant, Instant from, Instant until) {

  /** Of a task's events, which are in their order. */
  static List<Standing> of(List<Told> events) {
    var ended = new ArrayList<Standing>();
    var standing = new HashMap<Instant, Instant>();
    Set<JsonNode> before = Set.of();
    for (var event : events) {
      var task = event.body().path("task");
      boolean deleted = event.is("task.deleted");
      var changedAt = deleted ? event.writtenAt() : instant(task.path("updated_at"));
      var reminders = new HashSet<JsonNode>();
      task.path("reminders").forEach(reminders::add);
      var isOpen = !deleted && !task.path("is_complete").asBoolean();
      var times = isOpen ? times(reminders, task) : Set.<Instant>of();
      standing.forEach(
          (instant, from) -> {
            if (!times.contains(instant)) {
              ended.add(new Standing(instant, from, changedAt));
            }
          });
      standing.keySet().retainAll(times);
      reminders.removeAll(before);
      var asked = times(reminders, task);
      for (var instant : times) {
        if (instant.isAfter(changedAt) || asked.contains(instant)) {
          standing.putIfAbsent(instant, changedAt);
        }
      }
      before = Set.copyOf(task.path("reminders").valueStream().toList());
    }
    standing.forEach((instant, from) -> ended.add(new Standing(instant, from, Instant.MAX)));
    return ended;
  }

  boolean contains(Instant moment) {
    return !moment.isBefore(from) && !moment.isAfter(until);
  }

  private static Set<Instant> times(Set<JsonNode> reminders, JsonNode task) {
    var times = new TreeSet<Instant>();
    for (var reminder : reminders) {
      if (reminder.has("at")) {
        times.add(instant(reminder.path("at")));
      } else if (!task.path("due_date").isNull()) {
        var before = Duration.parse(reminder.path("before").asString());
        times.add(instant(task.path("due_date")).minus(before));
      }
    }
    return times;
  }

  private static Instant instant(JsonNode text) {
    return OffsetDateTime.parse(text.asString()).toInstant();
  }
}
