package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reminder came due. Exactly one for each (task, {@code remindAt}).
 *
 * @param notificationId the id of the entry in the user's inbox
 * @param firedAt the instant at which it fired, by the database's clock
 * @param lateByMs milliseconds from {@code remindAt} to {@code firedAt}; never negative
 */
public record ReminderDue(
    String notificationId,
    String taskId,
    String userId,
    String title,
    @Nullable Instant dueDate,
    Instant remindAt,
    Instant firedAt,
    long lateByMs)
    implements Event {

  @Override
  @JsonIgnore
  public String type() {
    return "reminder.due";
  }

  @Override
  @JsonIgnore
  public Topic topic() {
    return Topic.NOTIFICATIONS;
  }

  @Override
  @JsonIgnore
  public String key() {
    return taskId;
  }
}
