package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.RecurringTask;
import dev.punctual.recurrence.Occurrence;
import dev.punctual.recurrence.Occurrences;
import dev.punctual.recurrence.RecurrenceRule;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.recurrence.Rules;
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
 * When a template spawns next. Occurrences that lie in the past when a template is made, changed or
 * resumed are not made up for.
 *
 * @param startAt the local date-time that the rule counts from
 * @param handled how many occurrences were spawned, skipped or missed
 */
record Schedule(
    @Nullable LocalDateTime startAt,
    Instant nextDueAt,
    boolean isActive,
    @Nullable Instant endedAt,
    int handled) {

  static Schedule of(StoredTemplate stored) {
    var template = stored.template();
    return new Schedule(
        template.startAt(),
        template.nextDueAt(),
        template.isActive(),
        template.endedAt(),
        stored.handled());
  }

  /**
   * The schedule of a template that begins, or begins anew.
   *
   * @param userZone the zone of the user, for a template and a rule without one
   * @param known local times that its history has: they do not come again
   * @throws ProblemException 422 if the rule has nothing to count from, or no occurrence after
   *     {@code now}
   */
  static Schedule beginning(
      RecurringTaskFields fields, ZoneId userZone, Instant now, Set<LocalDateTime> known) {
    var zone = zone(fields.timeZone(), userZone);
    var start = start(fields, zone, now);
    var next =
        next(fields.recurrenceRule(), start, zone, now, known)
            .orElseThrow(
                () ->
                    ProblemException.invalidField(
                        Rules.FIELD, "has no occurrence after now, from start_at " + start));
    return new Schedule(start, next.at(), true, null, 0);
  }

  /**
   * The schedule of one that was paused: it goes on with its next occurrence, if there is one. What
   * is before {@code nextDueAt} was spawned or skipped already.
   */
  Schedule resumed(RecurringTask template, ZoneId userZone, Instant now) {
    return goingOn(occurrences(template, userZone).next(handledUpTo(now)), now, handled);
  }

  /** The schedule without its next occurrence; it ends if it has none. */
  Schedule skipping(
      Optional<Occurrence> next, RecurringTask template, ZoneId userZone, Instant now) {
    var following = next.flatMap(o -> occurrences(template, userZone).next(o.at()));
    return goingOn(following, now, handled + (next.isPresent() ? 1 : 0));
  }

  /** The schedule of one that follows its user into another zone: the same local times there. */
  Schedule moved(RecurringTask template, ZoneId from, ZoneId to) {
    var next =
        occurrences(template, from)
            .next(handledUpTo(Instant.MIN))
            .flatMap(
                occurrence -> {
                  var there = occurrences(template, to);
                  return there.next(there.resolve(occurrence.local()).minusSeconds(1));
                });
    return new Schedule(
        startAt, next.map(Occurrence::at).orElse(nextDueAt), isActive, endedAt, handled);
  }

  Schedule paused() {
    return new Schedule(startAt, nextDueAt, false, null, handled);
  }

  /** The occurrence that comes next; for one that is paused, next if it were resumed. */
  Optional<Occurrence> upcoming(RecurringTask template, ZoneId userZone, Instant now) {
    return occurrences(template, userZone).next(handledUpTo(isActive ? Instant.MIN : now));
  }

  private Instant handledUpTo(Instant now) {
    var handled = nextDueAt.minusNanos(1000);
    return now.isAfter(handled) ? now : handled;
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
        handledNow);
  }

  private Occurrences occurrences(RecurringTask template, ZoneId userZone) {
    var rule = RecurrenceRule.parse(template.recurrenceRule());
    var zone = zone(template.timeZone(), userZone);
    var start =
        startAt == null
            ? LocalDateTime.ofInstant(nextDueAt, rule.timeZone().orElse(zone))
            : startAt;
    return rule.occurrences(start, zone);
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
