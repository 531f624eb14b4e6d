package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.Cause;
import dev.punctual.event.RecurringTaskEvent;
import dev.punctual.event.Task;
import dev.punctual.id.UuidV7;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.http.IfMatch;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.security.CurrentUser;
import dev.punctual.taskservice.security.Users;
import dev.punctual.taskservice.security.ZoneFollower;
import dev.punctual.taskservice.tag.Tags;
import dev.punctual.taskservice.task.Instances;
import dev.punctual.taskservice.task.TaskView;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The changes of templates. Each is one transaction: the user's lock, the template's lock, the row
 * at its next version, its timer, its event.
 */
@Service
class RecurringTaskWrites implements ZoneFollower {

  private final Users users;
  private final RecurringTaskTable templates;
  private final Instances instances;
  private final OccurrenceLedger ledger;
  private final Tags tags;
  private final Timers timers;
  private final Outbox outbox;

  RecurringTaskWrites(
      Users users,
      RecurringTaskTable templates,
      Instances instances,
      OccurrenceLedger ledger,
      Tags tags,
      Timers timers,
      Outbox outbox) {
    this.users = users;
    this.templates = templates;
    this.instances = instances;
    this.ledger = ledger;
    this.tags = tags;
    this.timers = timers;
    this.outbox = outbox;
  }

  @Transactional
  StoredTemplate create(CurrentUser user, RecurringTaskFields fields) {
    var zone = users.lockAlone(user);
    var now = templates.now();
    var schedule = Schedule.beginning(fields, zone, now, Set.of());
    schedule.refuseTooLongLeadTime(fields, zone);
    var created =
        templates.insert(
            user.id(), UuidV7.at(now), fields, tags.named(user.id(), fields.tags()), schedule);
    setTimer(created, schedule);
    announce(RecurringTaskEvent.Kind.CREATED, created, TemplateChange.ofNew(created.template()));
    return created;
  }

  /**
   * Changes a template. A new rule, start or zone begins it anew, but never makes again what its
   * history has; and what had been due already is due by the new one.
   *
   * @param request what the template is to become, from what it is
   */
  @Transactional
  StoredTemplate change(
      CurrentUser user,
      String id,
      IfMatch ifMatch,
      Function<StoredTemplate, RecurringTaskFields> request) {
    var zone = users.lockAlone(user);
    var before = locked(user, id, ifMatch);
    var was = RecurringTaskFields.of(before.template());
    var fields = request.apply(before);
    if (fields.equals(was)) {
      return before;
    }
    var schedule = schedule(before);
    if (!fields.comesAs(was)) {
      var handled = schedule.handledUpTo(before.readAt());
      var theDayBefore = LocalDateTime.ofInstant(handled, ZoneOffset.UTC).minusDays(1);
      var known = ledger.after(before, theDayBefore);
      schedule = schedule.anew(Schedule.beginning(fields, zone, handled, known));
    }
    if (!fields.comesAs(was) || !fields.leadTime().equals(was.leadTime())) {
      schedule.refuseTooLongLeadTime(fields, zone);
    }
    var tagged =
        fields.tags().equals(was.tags())
            ? before.template().tags()
            : tags.named(user.id(), fields.tags());
    return write(before, fields, tagged, schedule);
  }

  /**
   * Spawns nothing until it is resumed; what falls into the pause is not made up for, what was due
   * before it is.
   */
  @Transactional
  StoredTemplate pause(CurrentUser user, String id, IfMatch ifMatch) {
    users.lock(user);
    var before = locked(user, id, ifMatch);
    return before.template().isActive()
        ? write(before, schedule(before).pausedAt(before.readAt()))
        : before;
  }

  @Transactional
  StoredTemplate resume(CurrentUser user, String id, IfMatch ifMatch) {
    var zone = users.lockAlone(user);
    var before = locked(user, id, ifMatch);
    refuseEnded(before);
    return before.template().isActive()
        ? before
        : write(before, schedule(before).resumed(before.template(), zone, before.readAt()));
  }

  /** Leaves out the occurrence that comes next. */
  @Transactional
  StoredTemplate skip(CurrentUser user, String id, IfMatch ifMatch) {
    var zone = users.lockAlone(user);
    var before = locked(user, id, ifMatch);
    refuseEnded(before);
    var schedule = schedule(before);
    var next = schedule.upcoming(before.template(), zone, before.readAt());
    next.ifPresent(occurrence -> ledger.skipped(before, occurrence));
    return write(before, schedule.skipping(next, before.template(), zone, before.readAt()));
  }

  /**
   * Makes a task at once, due its lead time from now. The schedule stays as it is, so the template
   * does not change, and {@code count} does not count it.
   */
  @Transactional
  TaskView run(CurrentUser user, String id, IfMatch ifMatch) {
    var userZone = users.lockAlone(user);
    var stored = locked(user, id, ifMatch);
    var template = stored.template();
    var now = stored.readAt();
    var due = now.plus(template.leadTime());
    var taskId = UuidV7.at(now);
    ledger.ran(stored, Schedule.besideTheRule(template, userZone, due), due, taskId);
    return instances.make(taskId, template, due, now);
  }

  /** The templates without a zone of their own keep their local times in the user's new zone. */
  @Override
  public void moved(CurrentUser user, ZoneId from, ZoneId to) {
    for (var id : templates.following(user.id())) {
      var found = templates.lock(user.id(), id);
      if (found.isEmpty()) {
        continue; // Deleted by another request since it was listed.
      }
      var schedule = schedule(found.get());
      var moved = schedule.moved(found.get().template(), from, to);
      if (!moved.equals(schedule)) {
        write(found.get(), moved);
      }
    }
  }

  private StoredTemplate locked(CurrentUser user, String id, IfMatch ifMatch) {
    var template =
        templates
            .lock(user.id(), id)
            .orElseThrow(() -> ProblemException.notFound("recurring task", id));
    ifMatch.check(template.version());
    return template;
  }

  private static void refuseEnded(StoredTemplate template) {
    if (template.template().endedAt() != null) {
      throw ProblemException.conflict(
          "has-ended",
          "Has ended",
          "The recurring task has no further occurrence; give it another recurrence_rule or start_at.");
    }
  }

  private StoredTemplate write(StoredTemplate before, Schedule schedule) {
    return write(
        before, RecurringTaskFields.of(before.template()), before.template().tags(), schedule);
  }

  private StoredTemplate write(
      StoredTemplate before,
      RecurringTaskFields fields,
      List<Task.TagRef> tagged,
      Schedule schedule) {
    var after = templates.update(before, fields, tagged, schedule);
    setTimer(after, schedule);
    boolean ended = before.template().endedAt() == null && after.template().endedAt() != null;
    announce(
        ended ? RecurringTaskEvent.Kind.ENDED : RecurringTaskEvent.Kind.UPDATED,
        after,
        TemplateChange.between(before.template(), after.template()));
    return after;
  }

  private Schedule schedule(StoredTemplate stored) {
    return Schedule.of(stored, timers.find(TimerKind.TEMPLATE, stored.id()));
  }

  private void setTimer(StoredTemplate stored, Schedule schedule) {
    var id = stored.id();
    schedule
        .firesAt(stored.template().leadTime())
        .ifPresentOrElse(
            at -> timers.set(new Timer(TimerKind.TEMPLATE, id, at)),
            () -> timers.cancel(TimerKind.TEMPLATE, id));
  }

  private void announce(RecurringTaskEvent.Kind kind, StoredTemplate after, List<String> changed) {
    outbox.append(
        new RecurringTaskEvent(
            kind,
            after.version(),
            changed,
            after.template(),
            Cause.user(after.template().userId())));
  }
}
