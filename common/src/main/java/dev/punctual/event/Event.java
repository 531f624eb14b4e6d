package dev.punctual.event;

/**
 * A fact that is published on Kafka as a CloudEvent; the record's components are the JSON of its
 * {@code data}.
 *
 * <p>Delivery: a {@code read_committed} consumer sees each event once on the log, and the events of
 * one subject in the order of their commits.
 */
public sealed interface Event
    permits TaskEvent, RecurringTaskEvent, TagEvent, UserEvent, TimerSet, ReminderDue {

  /** The CloudEvents {@code type}, for example {@code task.created}. */
  String type();

  /** The topic, without the installation's prefix. */
  Topic topic();

  /** The Kafka record's key: what keeps order with what. */
  String key();

  /** The CloudEvents {@code subject}: the id of what the event is about. */
  default String subject() {
    return key();
  }
}
