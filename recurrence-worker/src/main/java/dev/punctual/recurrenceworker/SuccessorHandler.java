package dev.punctual.recurrenceworker;

import dev.punctual.event.Task;
import dev.punctual.id.UuidV7;
import dev.punctual.timer.FiredTimer;
import dev.punctual.timer.TimerHandler;
import dev.punctual.timer.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Makes the next task of a chain when a task with a rule has been completed. The timer is the debt:
 * reopening the task cancels it, and one that fires for a task that is open does nothing. A task
 * that was deleted meanwhile has left what is needed.
 */
@Component
class SuccessorHandler implements TimerHandler {

  private final CompletedTasks completed;
  private final SpawnedTasks tasks;
  private final CatchUpLimits limits;

  SuccessorHandler(CompletedTasks completed, SpawnedTasks tasks, CatchUpLimits limits) {
    this.completed = completed;
    this.tasks = tasks;
    this.limits = limits;
  }

  @Override
  public TimerKind kind() {
    return TimerKind.SUCCESSOR;
  }

  @Override
  public Set<String> lockOwners(Collection<String> timerIds) {
    return completed.lock(timerIds);
  }

  @Override
  public void fire(List<FiredTimer> claimed) {
    Instant now = claimed.get(0).firedAt(); // one claim, one instant
    List<String> ids = claimed.stream().map(FiredTimer::id).toList();
    tasks.spawn(completed.owing(ids).stream().flatMap(task -> entry(task, now)).toList());
    completed.settle(ids);
  }

  private Stream<Entry> entry(CompletedTask task, Instant now) {
    try {
      return Successor.of(task, limits).map(next -> entry(task, next, now)).stream();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "Task " + task.id() + " has no successor: " + e.getMessage(), e);
    }
  }

  private static Entry entry(CompletedTask task, Successor successor, Instant now) {
    Instant due = successor.occurrence().at();
    List<Task.Reminder> reminders = shifted(task, due);
    var next =
        new Task(
            UuidV7.at(now),
            task.userId(),
            task.title(),
            task.description(),
            false,
            null,
            task.priority(),
            due,
            Task.Reminder.first(reminders, due),
            reminders,
            task.recurrenceRule(),
            null,
            task.seriesId(),
            task.tags(),
            now,
            now);
    return new Entry(
        task.userId(),
        task.seriesId(),
        successor.occurrence(),
        OccurrenceState.SPAWNED,
        next,
        task.id(),
        task.position() + 1,
        successor.seriesStart(),
        next.reminderTimes().stream().filter(at -> at.isAfter(now)).findFirst().orElse(null));
  }

  /** Each as long before the new due date as it was before the old one. */
  private static List<Task.Reminder> shifted(CompletedTask task, Instant due) {
    var shift = Duration.between(task.dueDate(), due);
    return task.reminders().stream()
        .map(
            reminder ->
                reminder.at() == null ? reminder : Task.Reminder.at(reminder.at().plus(shift)))
        .toList();
  }
}
