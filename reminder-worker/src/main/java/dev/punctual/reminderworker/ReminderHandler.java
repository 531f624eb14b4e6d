package dev.punctual.reminderworker;

import dev.punctual.outbox.Outbox;
import dev.punctual.timer.FiredTimer;
import dev.punctual.timer.TimerHandler;
import dev.punctual.timer.TimerKind;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What happens when reminders fire: each puts a notification into the inbox and on Kafka. */
final class ReminderHandler implements TimerHandler {

  private final DueReminders reminders;
  private final Outbox outbox;

  ReminderHandler(DueReminders reminders, Outbox outbox) {
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
    outbox.append(reminders.notifyOf(claimed));
  }
}
