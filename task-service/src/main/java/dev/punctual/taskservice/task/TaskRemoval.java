package dev.punctual.taskservice.task;

import dev.punctual.event.Cause;
import dev.punctual.event.TaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.util.List;
import org.springframework.stereotype.Service;

/** Deletes a task that is locked: its row, its timers; and tells of it. */
@Service
class TaskRemoval {

  private final TaskTable tasks;
  private final Timers timers;
  private final Outbox outbox;

  TaskRemoval(TaskTable tasks, Timers timers, Outbox outbox) {
    this.tasks = tasks;
    this.timers = timers;
    this.outbox = outbox;
  }

  void remove(StoredTask task) {
    tasks.delete(task);
    List.of(TimerKind.REMINDER, TimerKind.SUCCESSOR)
        .forEach(kind -> timers.cancel(kind, task.id()));
    outbox.append(
        new TaskEvent(
            TaskEvent.Kind.DELETED,
            task.version() + 1,
            List.of(),
            task.task(),
            Cause.user(task.task().userId())));
  }
}
