package dev.punctual.taskservice.task;

import dev.punctual.event.Cause;
import dev.punctual.event.RecurringTask;
import dev.punctual.event.Task;
import dev.punctual.event.TaskEvent;
import dev.punctual.id.UuidV7;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.http.IfMatch;
import dev.punctual.taskservice.http.ProblemException;
import dev.punctual.taskservice.security.CurrentUser;
import dev.punctual.taskservice.security.Users;
import dev.punctual.taskservice.tag.Tags;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The changes of tasks. Each is one transaction: the user's lock, the task's lock, the row at its
 * next version, its timers, its event.
 */
@Service
class TaskWrites {

  private final Users users;
  private final TaskTable tasks;
  private final TaskRemoval removal;
  private final Successors successors;
  private final Tags tags;
  private final Timers timers;
  private final Outbox outbox;
  private final InstantSource clock;

  TaskWrites(
      Users users,
      TaskTable tasks,
      TaskRemoval removal,
      Successors successors,
      Tags tags,
      Timers timers,
      Outbox outbox,
      InstantSource clock) {
    this.users = users;
    this.tasks = tasks;
    this.removal = removal;
    this.successors = successors;
    this.tags = tags;
    this.timers = timers;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  StoredTask create(CurrentUser user, TaskFields fields) {
    var zone = fields.tags().isEmpty() ? users.lock(user) : users.lockAlone(user);
    var id = UuidV7.at(clock.instant());
    var series = Chain.of(id, fields, zone, clock.instant());
    var task =
        tasks.insert(user.id(), id, fields, tags.named(user.id(), fields.tags()), series, null);
    announce(null, task);
    return task;
  }

  /** Creates a task of a template, in the transaction of a caller who has locked both. */
  StoredTask createInstance(
      String id, RecurringTask template, Instant due, List<Task.Reminder> reminders) {
    var fields =
        new TaskFields(
            template.title(),
            template.description(),
            false,
            template.priority(),
            due,
            reminders,
            null,
            Set.of());
    var series = new Series(template.id(), null, Instances.BESIDE_THE_RULE);
    var task = tasks.insert(template.userId(), id, fields, template.tags(), series, template.id());
    announce(null, task);
    return task;
  }

  /**
   * Changes a task; if the request leaves everything as it is, nothing is written.
   *
   * @param namesTags whether the request may give or take tags
   * @param request what the task is to become, from what it is
   */
  @Transactional
  StoredTask change(
      CurrentUser user,
      String id,
      IfMatch ifMatch,
      boolean namesTags,
      Function<StoredTask, TaskFields> request) {
    var zone = namesTags ? users.lockAlone(user) : users.lock(user);
    var before = locked(user, id, ifMatch);
    var was = TaskFields.of(before.task());
    var fields = request.apply(before);
    if (fields.equals(was)) {
      return before;
    }
    var tagged =
        fields.tags().equals(was.tags())
            ? before.task().tags()
            : tags.named(user.id(), fields.tags());
    var series = Chain.after(before, fields, zone, clock.instant());
    var after = tasks.update(before, fields, tagged, series);
    if (was.isComplete() && !fields.isComplete()) {
      successors.takeBack(before);
    }
    announce(before, after);
    return after;
  }

  @Transactional
  void delete(CurrentUser user, String id, IfMatch ifMatch) {
    users.lock(user);
    removal.remove(locked(user, id, ifMatch));
  }

  private StoredTask locked(CurrentUser user, String id, IfMatch ifMatch) {
    var task = tasks.lock(user.id(), id).orElseThrow(() -> ProblemException.notFound("task", id));
    ifMatch.check(task.version());
    return task;
  }

  private void announce(@Nullable StoredTask before, StoredTask after) {
    var change = new TaskChange(before == null ? null : before.task(), after.task());
    var decided =
        TaskTimers.of(
            change.before(),
            after.task(),
            () -> timers.find(TimerKind.REMINDER, after.id()),
            after.task().updatedAt());
    timers.set(decided.set());
    decided.cancelled().forEach(kind -> timers.cancel(kind, after.id()));
    outbox.append(
        new TaskEvent(
            change.kind(),
            after.version(),
            change.fields(),
            after.task(),
            Cause.user(after.task().userId())));
  }
}
