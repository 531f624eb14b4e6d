package dev.punctual.reminderworker;

import dev.punctual.outbox.Outbox;
import dev.punctual.timer.FiredTimer;
import dev.punctual.timer.Timer;
import dev.punctual.timer.TimerHandler;
import dev.punctual.timer.TimerKind;
import dev.punctual.timer.Timers;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happens when reminders fire: each puts a notification into the inbox and on Kafka, and sets
 * the timer of the task's next one.
 */
final class ReminderHandler implements TimerHandler {

  private final DueReminders reminders;
  private final Timers timers;
  private final Outbox outbox;

  ReminderHandler(DueReminders reminders, Timers timers, Outbox outbox) {
    this.timers = timers;
    this.reminders = reminders;
    this.outbox = outbox;
  }

  @Override
  public TimerKind kind() {
    return TimerKind.REMINDER;
  }

  @Override
  public Set<String> lockOwners(Collection<String> taskIds) {
    return reminders.lockTasks(taskIds);
  }

  @Override
  public void fire(List<FiredTimer> claimed) {
    var reminded = reminders.remind(claimed);
    outbox.append(
        reminded.stream().map(DueReminders.Reminded::notified).filter(Objects::nonNull).toList());
    timers.set(reminded.stream().flatMap(ReminderHandler::next).toList());
  }

  private static Stream<Timer> next(DueReminders.Reminded reminded) {
    return Stream.ofNullable(reminded.next())
        .map(fireAt -> new Timer(TimerKind.REMINDER, reminded.taskId(), fireAt));
  }
}
