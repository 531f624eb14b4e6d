package dev.punctual.recurrence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a series spawns, for both ways to spawn: a template whose time has come, and a task with a
 * rule that was completed. Pure: the same answer for the same question.
 *
 * @param due the occurrences to spawn now, in order
 * @param missed the latest past occurrences that are not made up for, at most {@value
 *     #MOST_MISSED}, in order
 * @param next the occurrence to wait for; empty when the series has ended
 */
public record Spawn(List<Occurrence> due, List<Occurrence> missed, Optional<Occurrence> next) {

  /** How many missed occurrences are told at most. */
  public static final int MOST_MISSED = 100;

  /**
   * What a template spawns at {@code now}. An occurrence is due from {@code leadTime} before its
   * instant. Those whose instant is still to come are all due; of the past ones {@code catchUp}
   * chooses.
   *
   * @param start the local date-time that the rule counts from
   * @param handled the local date-time up to which all was spawned, skipped or missed. Local, so
   *     that a series that moves to another zone does not repeat the day it was at
   */
  public static Spawn ofTemplate(
      RecurrenceRule rule,
      LocalDateTime start,
      ZoneId userZone,
      LocalDateTime handled,
      Instant now,
      Duration leadTime,
      CatchUp catchUp) {
    Occurrences occurrences = rule.occurrences(start, userZone);
    Instant after = occurrences.resolve(handled);
    Instant horizon = now.plus(leadTime);
    List<Occurrence> past =
        occurrences.latest(after, now, Math.max(catchUp.cap(), 1) + MOST_MISSED);
    int first = past.size() - madeUp(past, now, catchUp);
    List<Occurrence> missed = past.subList(Math.max(0, first - MOST_MISSED), first);
    List<Occurrence> due = new ArrayList<>(past.subList(first, past.size()));
    Instant from = after.isAfter(now) ? after : now;
    for (Occurrence next : occurrences.after(from)) {
      if (next.at().isAfter(horizon) || due.size() >= Occurrences.MOST) {
        return new Spawn(List.copyOf(due), List.copyOf(missed), Optional.of(next));
      }
      due.add(next);
    }
    return new Spawn(List.copyOf(due), List.copyOf(missed), Optional.empty());
  }

  /** How many of the past occurrences, from the latest, are made up for. */
  private static int madeUp(List<Occurrence> past, Instant now, CatchUp catchUp) {
    return switch (catchUp.policy()) {
      case LATEST -> Math.min(1, past.size());
      case NONE -> notBefore(past, now.minus(catchUp.grace()));
      case ALL -> Math.min(catchUp.cap(), notBefore(past, now.minus(catchUp.window())));
    };
  }

  private static int notBefore(List<Occurrence> past, Instant earliest) {
    return (int) past.stream().filter(o -> !o.at().isBefore(earliest)).count();
  }

  /**
   * The occurrence that follows a completed task; empty when the chain has ended. Strictly after
   * the old due date always, so no chain visits an instant twice.
   *
   * <p>{@link Anchor#DUE}: the first in the future, or with {@link CatchUp.Policy#ALL} the first
   * within the window. {@link Anchor#COMPLETION}: after the completion, counted from its local date
   * at the series' time of day; a rule of hours and a cron expression count from the moment itself.
   *
   * @param start the local date-time of the chain's first due date
   * @param position how many tasks the chain has had, the completed one included
   */
  public static Optional<Occurrence> successor(
      RecurrenceRule rule,
      LocalDateTime start,
      ZoneId userZone,
      Instant oldDue,
      Instant completedAt,
      Instant now,
      int position,
      CatchUp catchUp) {
    if (rule.count().isPresent() && position >= rule.count().getAsInt()) {
      return Optional.empty();
    }
    if (rule.anchor() == Anchor.COMPLETION) {
      LocalDateTime from = countedFrom(rule, start, userZone, completedAt);
      Occurrences occurrences = rule.uncounted(from, userZone);
      return occurrences.next(later(oldDue, later(completedAt, occurrences.resolve(from))));
    }
    Instant earliest = catchUp.policy() == CatchUp.Policy.ALL ? now.minus(catchUp.window()) : now;
    return rule.uncounted(start, userZone).next(later(oldDue, earliest));
  }

  private static LocalDateTime countedFrom(
      RecurrenceRule rule, LocalDateTime start, ZoneId userZone, Instant completedAt) {
    LocalDateTime completed =
        LocalDateTime.ofInstant(completedAt, rule.timeZone().orElse(userZone)).withNano(0);
    if (rule.goesByTheClock()) {
      return completed;
    }
    LocalTime usual =
        rule.uncounted(start, userZone)
            .first()
            .map(first -> first.local().toLocalTime())
            .orElse(start.toLocalTime().withNano(0));
    return completed.toLocalDate().atTime(usual);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
