package dev.punctual.taskservice.task;

import dev.punctual.recurrence.Anchor;
import dev.punctual.recurrence.RecurrenceRule;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.recurrence.Rules;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the chain of a recurring task begins, and what its rule counts from. */
final class Chain {

  private Chain() {}

  /**
   * The series of a new task: it is the first of its own chain.
   *
   * @param zone the user's
   * @throws ProblemException 422 if the rule needs a due date to count from, or never happens
   */
  static @Nullable Series of(String id, TaskFields fields, ZoneId zone, Instant now) {
    var rule = fields.recurrenceRule();
    return rule == null ? null : new Series(id, start(rule, fields.dueDate(), zone, now), 1);
  }

  /**
   * The series of a task that a request changes. A new rule, and a new due date of the chain's
   * first task, begin a chain anew; a later task that is moved stays in its chain.
   */
  static @Nullable Series after(StoredTask before, TaskFields fields, ZoneId zone, Instant now) {
    var series = before.series();
    boolean ruleChanged = !Objects.equals(before.task().recurrenceRule(), fields.recurrenceRule());
    boolean moved = !Objects.equals(before.task().dueDate(), fields.dueDate());
    if (!ruleChanged && !moved) {
      return series;
    }
    if (fields.recurrenceRule() == null) {
      // A task that was spawned stays in the history of its series.
      return series == null || series.beganWith(before.id())
          ? null
          : new Series(series.id(), null, series.position());
    }
    if (ruleChanged || series == null || series.beganWith(before.id())) {
      return of(before.id(), fields, zone, now);
    }
    requireDueDate(fields.recurrenceRule(), fields.dueDate());
    return series;
  }

  private static void requireDueDate(JsonNode rule, @Nullable Instant dueDate) {
    boolean countsFromNow =
        rule.has("cron") || RecurrenceRule.parse(rule).anchor() == Anchor.COMPLETION;
    if (dueDate == null && !countsFromNow) {
      throw ProblemException.invalidField(
          "due_date", "is required with this recurrence_rule, which counts from it");
    }
  }

  private static LocalDateTime start(
      JsonNode rule, @Nullable Instant dueDate, ZoneId zone, Instant now) {
    requireDueDate(rule, dueDate);
    var start =
        LocalDateTime.ofInstant(dueDate == null ? now : dueDate, Rules.zone(rule, zone))
            .truncatedTo(ChronoUnit.SECONDS);
    Rules.happening(rule, start, zone);
    return start;
  }
}
