package dev.punctual.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The calendar of a template, and the place on it that the template has come to. Requests and
 * workers ask this one place, so what is shown, skipped and spawned is the same occurrence.
 *
 * @param start the local date-time that the rule counts from
 * @param followed the zone of a rule without one of its own: the template's, else its user's
 * @param nextDueAt the instant of the next occurrence, by the rules that its zone has now: what was
 *     stored was computed with those of its time
 */
public record TemplateCalendar(
    RecurrenceRule rule, LocalDateTime start, ZoneId followed, Instant nextDueAt) {

  /** The resolution of the database: next_due_at is no earlier than this after what is handled. */
  private static final long MICROSECOND = 1000;

  /**
   * Reads the calendar of a template as it is stored. One without a start counts from the very
   * instant that it is due at.
   *
   * @throws InvalidRule if the rule cannot be read
   */
  public static TemplateCalendar of(
      JsonNode recurrenceRule, @Nullable LocalDateTime startAt, ZoneId followed, Instant stored) {
    var rule = RecurrenceRule.parse(recurrenceRule);
    if (startAt == null) {
      var zone = rule.timeZone().orElse(followed);
      return new TemplateCalendar(rule, LocalDateTime.ofInstant(stored, zone), followed, stored);
    }
    var due = rule.occurrences(startAt, followed).standingFor(stored).map(Occurrence::at);
    return new TemplateCalendar(rule, startAt, followed, due.orElse(stored));
  }

  /** The zone of its local times: the rule's own, else the one that it follows. */
  public ZoneId zone() {
    return rule.timeZone().orElse(followed);
  }

  public Occurrences occurrences() {
    return rule.occurrences(start, followed);
  }

  /** The local time of an instant. */
  public LocalDateTime local(Instant at) {
    return LocalDateTime.ofInstant(at, zone());
  }

  /** What comes next; empty if the rule has ended. */
  public Optional<Occurrence> next() {
    return occurrences().next(handledUpTo());
  }

  /** What comes next, and after the instant: what lies between was passed over. */
  public Optional<Occurrence> nextAfter(Instant passed) {
    var handled = handledUpTo();
    return occurrences().next(passed.isAfter(handled) ? passed : handled);
  }

  /** Everything up to this instant was spawned, skipped or missed, or fell into a pause. */
  public Instant handledUpTo() {
    return nextDueAt.minusNanos(MICROSECOND);
  }
}
