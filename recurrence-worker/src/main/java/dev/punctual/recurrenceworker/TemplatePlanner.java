package dev.punctual.recurrenceworker;

import dev.punctual.recurrence.Occurrence;
import dev.punctual.recurrence.Spawn;
import dev.punctual.recurrence.TemplateCalendar;
import dev.punctual.recurrenceworker.TemplatePlan.Handled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a template owes; a pure function of the template and the instant. */
final class TemplatePlanner {

  /** So many tasks one template gets by one firing: others are waiting in its transaction. */
  static final int MOST_AT_ONCE = 100;

  private final CatchUpLimits limits;

  TemplatePlanner(CatchUpLimits limits) {
    this.limits = limits;
  }

  /**
   * Handles everything from the template's next occurrence up to {@code asOf} plus its lead time,
   * at most {@value #MOST_AT_ONCE} to be spawned: then the next is one that is due already. What
   * lies before was handled, or fell into a pause: it is not looked at.
   *
   * @param asOf now, or for a paused template the instant of the pause
   */
  TemplatePlan plan(Template template, Instant asOf, boolean lastInstanceIsOpen) {
    TemplateCalendar calendar = template.calendar();
    Spawn spawn =
        Spawn.ofTemplate(
            calendar.rule(),
            calendar.start(),
            calendar.followed(),
            calendar.local(calendar.nextDueAt().minusSeconds(1)),
            asOf,
            template.leadTime(),
            limits.with(template.catchUp()));
    List<Handled> handled = new ArrayList<>();
    spawn.missed().forEach(o -> handled.add(new Handled(o, OccurrenceState.MISSED)));
    boolean skips = template.overlap() == Overlap.SKIP;
    boolean open = lastInstanceIsOpen;
    List<Occurrence> due = spawn.due();
    for (Occurrence occurrence : due.subList(0, Math.min(due.size(), MOST_AT_ONCE))) {
      handled.add(
          new Handled(
              occurrence, skips && open ? OccurrenceState.SKIPPED : OccurrenceState.SPAWNED));
      open = true;
    }
    Optional<Occurrence> next =
        due.size() > MOST_AT_ONCE ? Optional.of(due.get(MOST_AT_ONCE)) : spawn.next();
    return new TemplatePlan(
        List.copyOf(handled),
        calendar.start(),
        next.map(Occurrence::at).orElseGet(() -> lastOf(handled, calendar.nextDueAt())),
        next.isPresent() ? null : asOf);
  }

  private static Instant lastOf(List<Handled> handled, Instant otherwise) {
    return handled.isEmpty() ? otherwise : handled.get(handled.size() - 1).occurrence().at();
  }
}
