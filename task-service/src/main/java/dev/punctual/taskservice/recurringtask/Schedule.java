package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.RecurringTask;
import dev.punctual.recurrence.Occurrence;
import dev.punctual.recurrence.TemplateCalendar;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.recurrence.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * When a template spawns next. Occurrences that lie in the past when a template is made or resumed
 * are not made up for. What was due before a template is changed or paused, and was not spawned
 * yet, is owed still: {@code catch_up} decides about it.
 *
 * @param startAt the local date-time that the rule counts from
 * @param handled how many occurrences were spawned, skipped or missed since the rule was last
 *     changed
 * @param armedFor the instant that its timer was set for when it was read; null if it had none. A
 *     paused one has a timer, of the instant of the pause, only while it owes something
 */
record Schedule(
    @Nullable LocalDateTime startAt,
    Instant nextDueAt,
    boolean isActive,
    @Nullable Instant endedAt,
    int handled,
    @Nullable Instant armedFor) {

  private static final int MOST_IN_LEAD_TIME = 1_000;

  /**
   * The schedule as it is stored.
   *
   * @param timer the instant that the template's timer is set for, if it is
   */
  static Schedule of(StoredTemplate stored, Optional<Instant> timer) {
    var template = stored.template();
    return new Schedule(
        template.startAt(),
        template.nextDueAt(),
        template.isActive(),
        template.endedAt(),
        stored.handled(),
        timer.orElse(null));
  }

  /**
   * The schedule of a template that begins, or begins anew.
   *
   * @param userZone the zone of the user, for a template and a rule without one
   * @param after now, or the instant up to which one that begins anew was handled
   * @param known local times that its history has: they do not come again
   * @throws ProblemException 422 if the rule has nothing to count from, or no occurrence after
   *     {@code after}
   */
  static Schedule beginning(
      RecurringTaskFields fields, ZoneId userZone, Instant after, Set<LocalDateTime> known) {
    var zone = zone(fields.timeZone(), userZone);
    var start = start(fields, zone, after);
    var next =
        next(fields.recurrenceRule(), start, zone, after, known)
            .orElseThrow(
                () ->
                    ProblemException.invalidField(
                        Rules.FIELD, "has no occurrence after now, from start_at " + start));
    return new Schedule(start, next.at(), true, null, 0, null);
  }

  /** The instant up to which the calendar was handled: now, unless something is owed. */
  Instant handledUpTo(Instant now) {
    return owes(now) && !nextDueAt.isAfter(now) ? nextDueAt.minusNanos(1000) : now;
  }

  /** Whether its timer is due; one that was adopted without a timer owes nothing. */
  private boolean owes(Instant now) {
    return armedFor != null && !armedFor.isAfter(now);
  }

  /** What this one was begins anew as {@code begun}; one that is paused stays so. */
  Schedule anew(Schedule begun) {
    boolean paused = !isActive && endedAt == null;
    return new Schedule(begun.startAt, begun.nextDueAt, !paused, null, 0, paused ? armedFor : null);
  }

  /**
   * The schedule of one that was paused: it goes on with its next occurrence, if there is one. One
   * that owes something still, since no worker has come round to it, goes on as if there had been
   * no pause. What is before {@code nextDueAt} was spawned or skipped already.
   */
  Schedule resumed(RecurringTask template, ZoneId userZone, Instant now) {
    return armedFor != null
        ? new Schedule(startAt, nextDueAt, true, null, handled, null)
        : goingOn(calendar(template, userZone).nextAfter(now), now, handled);
  }

  /** The schedule without its next occurrence; it ends if it has none. */
  Schedule skipping(
      Optional<Occurrence> next, RecurringTask template, ZoneId userZone, Instant now) {
    int handledNow = handled + (next.isPresent() ? 1 : 0);
    if (!isActive && armedFor != null) {
      return new Schedule(startAt, nextDueAt, false, endedAt, handledNow, armedFor);
    }
    var following = next.flatMap(o -> calendar(template, userZone).occurrences().next(o.at()));
    var going = goingOn(following, now, handledNow);
    return isActive || going.endedAt != null ? going : going.paused(null);
  }

  /** The schedule of one that follows its user into another zone: the same local times there. */
  Schedule moved(RecurringTask template, ZoneId from, ZoneId to) {
    var calendar = calendar(template, from);
    if (calendar.rule().timeZone().isPresent()) {
      return this;
    }
    var next =
        calendar
            .next()
            .flatMap(
                occurrence -> {
                  var there = calendar.rule().occurrences(calendar.start(), to);
                  return there.next(there.resolve(occurrence.local()).minusSeconds(1));
                });
    return new Schedule(
        startAt, next.map(Occurrence::at).orElse(nextDueAt), isActive, endedAt, handled, armedFor);
  }

  /** The schedule of one that spawns nothing from now on, but for what it owes. */
  Schedule pausedAt(Instant now) {
    return paused(owes(now) ? now : null);
  }

  private Schedule paused(@Nullable Instant until) {
    return new Schedule(startAt, nextDueAt, false, null, handled, until);
  }

  /** The occurrence that comes next; for one that is paused, next if it were resumed. */
  Optional<Occurrence> upcoming(RecurringTask template, ZoneId userZone, Instant now) {
    var calendar = calendar(template, userZone);
    return isActive ? calendar.next() : calendar.nextAfter(now);
  }

  /** When the template's timer fires; empty if it has none. */
  Optional<Instant> firesAt(Duration leadTime) {
    return isActive ? Optional.of(nextDueAt.minus(leadTime)) : Optional.ofNullable(armedFor);
  }

  /**
   * Refuses a lead time that brings very many occurrences forward: all of them are tasks at once.
   *
   * @throws ProblemException 422 that says how long it may be
   */
  void refuseTooLongLeadTime(RecurringTaskFields fields, ZoneId userZone) {
    if (fields.leadTime().isZero() || endedAt != null) {
      return;
    }
    var calendar =
        TemplateCalendar.of(
            fields.recurrenceRule(), startAt, zone(fields.timeZone(), userZone), nextDueAt);
    var horizon = nextDueAt.plus(fields.leadTime());
    var last = nextDueAt;
    int held = 0;
    for (var occurrence : calendar.occurrences().after(calendar.handledUpTo())) {
      if (occurrence.at().isAfter(horizon)) {
        return;
      }
      if (++held > MOST_IN_LEAD_TIME) {
        throw ProblemException.invalidField(
            "lead_time",
            "holds more than %d occurrences of recurrence_rule, which would all be tasks at once; make it %s at most, or the rule rarer"
                .formatted(MOST_IN_LEAD_TIME, Duration.between(nextDueAt, last)));
      }
      last = occurrence.at();
    }
  }

  /** A local time for the history that no rule can produce, since it is no whole second. */
  static LocalDateTime besideTheRule(RecurringTask template, ZoneId userZone, Instant at) {
    var zone = Rules.zone(template.recurrenceRule(), zone(template.timeZone(), userZone));
    var local = LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MICROS);
    return local.get(ChronoField.MICRO_OF_SECOND) == 0 ? local.plus(1, ChronoUnit.MICROS) : local;
  }

  private Schedule goingOn(Optional<Occurrence> next, Instant now, int handledNow) {
    return new Schedule(
        startAt,
        next.map(Occurrence::at).orElse(nextDueAt),
        next.isPresent(),
        next.isPresent() ? null : now,
        handledNow,
        null);
  }

  private TemplateCalendar calendar(RecurringTask template, ZoneId userZone) {
    return TemplateCalendar.of(
        template.recurrenceRule(), startAt, zone(template.timeZone(), userZone), nextDueAt);
  }

  private static ZoneId zone(@Nullable String own, ZoneId userZone) {
    return own == null ? userZone : ZoneId.of(own);
  }

  private static LocalDateTime start(RecurringTaskFields fields, ZoneId zone, Instant now) {
    var start = fields.startAt();
    if (start != null) {
      return start;
    }
    if (!fields.recurrenceRule().has("cron")) {
      throw ProblemException.invalidField(
          "start_at",
          "is required with this recurrence_rule, which counts from it; write the first due date such as 2026-11-02T09:00:00");
    }
    return LocalDateTime.ofInstant(now, Rules.zone(fields.recurrenceRule(), zone))
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Occurrence> next(
      JsonNode rule, LocalDateTime start, ZoneId zone, Instant now, Set<LocalDateTime> known) {
    for (var next : Rules.happening(rule, start, zone).occurrences(start, zone).after(now)) {
      if (!known.contains(next.local())) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }
}
