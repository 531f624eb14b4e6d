package dev.punctual.recurrenceworker;

import dev.punctual.recurrence.Occurrence;
import dev.punctual.recurrence.RecurrenceRule;
import dev.punctual.recurrence.Spawn;
import dev.punctual.recurrenceworker.TemplatePlan.Handled;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Decides what a template owes; a pure function of the template and the instant. */
final class TemplatePlanner {

  private final CatchUpLimits limits;

  TemplatePlanner(CatchUpLimits limits) {
    this.limits = limits;
  }

  /**
   * Handles everything from the template's next occurrence up to {@code now} plus its lead time.
   * What lies before that was handled, or fell into a pause: it is not looked at.
   */
  TemplatePlan plan(Template template, Instant now, boolean lastInstanceIsOpen) {
    var rule = RecurrenceRule.parse(template.recurrenceRule());
    ZoneId zone = rule.timeZone().orElse(template.zone());
    LocalDateTime start =
        template.startAt() != null ? template.startAt() : local(template.nextDueAt(), zone);
    Instant nextDueAt = nextDueAt(template, rule);
    Spawn spawn =
        Spawn.ofTemplate(
            rule,
            start,
            template.zone(),
            local(nextDueAt.minusSeconds(1), zone),
            now,
            template.leadTime(),
            limits.with(template.catchUp()));
    List<Handled> handled = new ArrayList<>();
    spawn.missed().forEach(o -> handled.add(new Handled(o, OccurrenceState.MISSED)));
    boolean skips = template.overlap() == Overlap.SKIP;
    boolean open = lastInstanceIsOpen;
    for (Occurrence occurrence : spawn.due()) {
      handled.add(
          new Handled(
              occurrence, skips && open ? OccurrenceState.SKIPPED : OccurrenceState.SPAWNED));
      open = true;
    }
    return new TemplatePlan(
        List.copyOf(handled),
        start,
        spawn.next().map(Occurrence::at).orElseGet(() -> lastOf(handled, nextDueAt)),
        spawn.next().isPresent() ? null : now);
  }

  /**
   * When the template is due by the rules that its zone has now; what was stored was computed with
   * those of its time.
   */
  static Instant nextDueAt(Template template, RecurrenceRule rule) {
    if (template.startAt() == null) {
      return template.nextDueAt(); // The rule counts from this very instant.
    }
    return rule.occurrences(template.startAt(), template.zone())
        .standingFor(template.nextDueAt())
        .map(Occurrence::at)
        .orElse(template.nextDueAt());
  }

  private static LocalDateTime local(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toLocalDateTime();
  }

  private static Instant lastOf(List<Handled> handled, Instant otherwise) {
    return handled.isEmpty() ? otherwise : handled.get(handled.size() - 1).occurrence().at();
  }
}
