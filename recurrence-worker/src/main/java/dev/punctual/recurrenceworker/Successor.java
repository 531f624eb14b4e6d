package dev.punctual.recurrenceworker;

import dev.punctual.recurrence.Occurrence;
import dev.punctual.recurrence.RecurrenceRule;
import dev.punctual.recurrence.Spawn;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The occurrence that follows a completed task.
 *
 * @param seriesStart what its chain's rule counts from
 */
record Successor(Occurrence occurrence, LocalDateTime seriesStart) {

  /**
   * Decides when the next task of a chain is due; empty when the chain has ended.
   *
   * <p>A pure function of the completed task: the future is what lies after its completion, however
   * late the worker is. So after an outage the chain goes on as if there had been none. A rule
   * whose catch_up is {@code all} leaves out nothing of the limits' window before the completion.
   */
  static Optional<Successor> of(CompletedTask task, CatchUpLimits limits) {
    var rule = RecurrenceRule.parse(task.recurrenceRule());
    ZoneId zone = rule.timeZone().orElse(task.zone());
    LocalDateTime start =
        task.seriesStart() != null
            ? task.seriesStart()
            : task.dueDate().atZone(zone).toLocalDateTime();
    return Spawn.successor(
            rule,
            start,
            task.zone(),
            due(task, zone),
            task.completedAt(),
            task.completedAt(),
            task.position(),
            limits.with(rule.catchUp()))
        .map(occurrence -> new Successor(occurrence, start));
  }

  /**
   * When the task was due. If it was moved to an earlier date, or its zone, or the zone's rules,
   * have changed, then not before the local time that it was spawned for is over: so the same
   * occurrence does not come again.
   */
  private static Instant due(CompletedTask task, ZoneId zone) {
    if (task.dueLocal() == null) {
      return task.dueDate();
    }
    Instant now = task.dueLocal().atZone(zone).toInstant();
    return now.isAfter(task.dueDate()) ? now : task.dueDate();
  }
}
