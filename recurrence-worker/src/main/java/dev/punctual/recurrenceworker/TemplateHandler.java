package dev.punctual.recurrenceworker;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.punctual.event.Cause;
import dev.punctual.event.RecurringTaskEvent;
import dev.punctual.event.Task;
import dev.punctual.id.UuidV7;
import dev.punctual.outbox.Outbox;
import dev.punctual.recurrence.Occurrence;
import dev.punctual.recurrenceworker.TemplatePlan.Handled;
import dev.punctual.recurrenceworker.Templates.Advance;
import dev.punctual.timer.FiredTimer;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerHandler;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the tasks of templates that are due: in one transaction the ledger, the tasks with their
 * reminders and events, the templates' next due instants and their next timers.
 *
 * <p>A paused template has a timer only if it was due before it was paused and nobody had come
 * round to it: the timer's instant is that of the pause, up to which the template is made up.
 */
@Component
class TemplateHandler implements TimerHandler {

  /**
   * With so many occurrences in hand it leaves the other templates to the next transaction; with
   * the last one's share they are a few more.
   */
  static final int MOST_IN_A_TRANSACTION = 2_000;

  private final Templates templates;
  private final TemplatePlanner planner;
  private final SpawnedTasks tasks;
  private final Timers timers;
  private final Outbox outbox;
  private final CatchUpLimits limits;

  TemplateHandler(
      Templates templates, SpawnedTasks tasks, Timers timers, Outbox outbox, CatchUpLimits limits) {
    this.templates = templates;
    this.planner = new TemplatePlanner(limits);
    this.tasks = tasks;
    this.timers = timers;
    this.outbox = outbox;
    this.limits = limits;
  }

  @Override
  public TimerKind kind() {
    return TimerKind.TEMPLATE;
  }

  @Override
  public Set<String> lockOwners(Collection<String> timerIds) {
    return templates.lock(timerIds);
  }

  @Override
  public void fire(List<FiredTimer> claimed) {
    Instant now = claimed.get(0).firedAt(); // one claim, one instant
    Map<String, Instant> fireAts =
        claimed.stream().collect(toMap(FiredTimer::id, FiredTimer::fireAt));
    List<Template> due = templates.notEnded(fireAts.keySet());
    Set<String> open =
        templates.withOpenInstance(
            due.stream().filter(t -> t.overlap() == Overlap.SKIP).map(Template::id).toList());
    List<Entry> entries = new ArrayList<>();
    List<Advance> advances = new ArrayList<>();
    List<Timer> next = new ArrayList<>();
    for (Template template : due) {
      Instant fireAt = requireNonNull(fireAts.get(template.id()));
      if (entries.size() >= MOST_IN_A_TRANSACTION) {
        next.add(new Timer(TimerKind.TEMPLATE, template.id(), fireAt)); // found again at once
        continue;
      }
      Instant asOf = template.isActive() ? now : fireAt;
      TemplatePlan plan = plan(template, asOf, open.contains(template.id()));
      entries.addAll(entries(template, plan, now));
      if (!plan.handled().isEmpty() || !plan.changedFields(template).isEmpty()) {
        advances.add(new Advance(template, plan));
      }
      nextTimer(template, plan, asOf).ifPresent(next::add);
    }
    tasks.spawn(entries);
    advance(advances);
    timers.set(next);
  }

  private static Optional<Timer> nextTimer(Template template, TemplatePlan plan, Instant asOf) {
    Instant fireAt = template.firesFor(plan.nextDueAt());
    if (plan.ended() || (!template.isActive() && fireAt.isAfter(asOf))) {
      return Optional.empty();
    }
    // A paused one that was due more often than it gets at once keeps the instant of its pause.
    return Optional.of(
        new Timer(TimerKind.TEMPLATE, template.id(), template.isActive() ? fireAt : asOf));
  }

  private TemplatePlan plan(Template template, Instant asOf, boolean open) {
    try {
      return planner.plan(template, asOf, open);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "Template " + template.id() + " cannot be spawned: " + e.getMessage(), e);
    }
  }

  private List<Entry> entries(Template template, TemplatePlan plan, Instant now) {
    List<Entry> entries = new ArrayList<>();
    int position = template.handled();
    for (Handled handled : plan.handled()) {
      Task task =
          handled.state() == OccurrenceState.SPAWNED
              ? instance(template, handled.occurrence(), now)
              : null;
      entries.add(
          new Entry(
              template.userId(),
              template.id(),
              handled.occurrence(),
              handled.state(),
              task,
              null,
              ++position,
              null,
              task == null ? null : remindsAt(task, now)));
    }
    return entries;
  }

  /** A template that fires on time may remind at its very instant, which has then just passed. */
  private @Nullable Instant remindsAt(Task task, Instant now) {
    var oldest = now.minus(limits.grace());
    return task.reminderTimes().stream()
        .filter(at -> !at.isBefore(oldest))
        .findFirst()
        .orElse(null);
  }

  private static Task instance(Template template, Occurrence occurrence, Instant now) {
    List<Task.Reminder> reminders =
        template.remindBefore() == null
            ? List.of()
            : List.of(Task.Reminder.before(template.remindBefore()));
    return new Task(
        UuidV7.at(now),
        template.userId(),
        template.title(),
        template.description(),
        false,
        null,
        template.priority(),
        occurrence.at(),
        Task.Reminder.first(reminders, occurrence.at()),
        reminders,
        null,
        template.id(),
        template.id(),
        template.tags(),
        now,
        now);
  }

  private void advance(List<Advance> advances) {
    if (advances.isEmpty()) {
      return;
    }
    Instant updatedAt = templates.advance(advances);
    outbox.append(advances.stream().map(a -> advanced(a.template(), a.plan(), updatedAt)).toList());
  }

  private static RecurringTaskEvent advanced(
      Template template, TemplatePlan plan, Instant updatedAt) {
    LocalDateTime occurrence =
        plan.handled().isEmpty()
            ? template.calendar().local(template.nextDueAt())
            : plan.handled().get(plan.handled().size() - 1).occurrence().local();
    return new RecurringTaskEvent(
        plan.ended() ? RecurringTaskEvent.Kind.ENDED : RecurringTaskEvent.Kind.UPDATED,
        template.version() + 1,
        plan.changedFields(template),
        template.after(plan, updatedAt),
        Cause.occurrence(template.id(), ISO_LOCAL_DATE_TIME.format(occurrence)));
  }
}
