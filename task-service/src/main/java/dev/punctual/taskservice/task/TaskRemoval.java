package dev.punctual.taskservice.task;

import dev.punctual.event.Cause;
import dev.punctual.event.TaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Deletes a task that is locked: its row, its timers; and tells of it. The successor that a
 * completed task owes is made all the same.
 */
@Service
class TaskRemoval {

  private final TaskTable tasks;
  private final OwedSuccessors owed;
  private final Timers timers;
  private final Outbox outbox;

  TaskRemoval(TaskTable tasks, OwedSuccessors owed, Timers timers, Outbox outbox) {
    this.tasks = tasks;
    this.owed = owed;
    this.timers = timers;
    this.outbox = outbox;
  }

  void remove(StoredTask task) {
    boolean owes = owed.keep(task);
    tasks.delete(task);
    timers.cancel(TimerKind.REMINDER, task.id());
    if (!owes) {
      timers.cancel(TimerKind.SUCCESSOR, task.id());
    }
    outbox.append(
        new TaskEvent(
            TaskEvent.Kind.DELETED,
            task.version() + 1,
            List.of(),
            task.task(),
            Cause.user(task.task().userId())));
  }
}
