package dev.punctual.taskservice.task;

import dev.punctual.event.RecurringTask;
import dev.punctual.event.Task;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;

/** Tasks that a user has a template make at once, beside what its rule makes. */
@Service
public class Instances {

  /** The position, in its series, of a task that the rule does not count. */
  public static final int BESIDE_THE_RULE = 0;

  private final TaskWrites writes;

  Instances(TaskWrites writes) {
    this.writes = writes;
  }

  /**
   * Makes one in the transaction of a caller who has locked the user and the template; a reminder
   * that would be in the past is left out.
   */
  public TaskView make(String id, RecurringTask template, Instant due, Instant now) {
    var before = template.remindBefore();
    List<Task.Reminder> reminders =
        before == null || due.minus(before).isBefore(now)
            ? List.of()
            : List.of(Task.Reminder.before(before));
    return TaskView.of(writes.createInstance(id, template, due, reminders));
  }
}
