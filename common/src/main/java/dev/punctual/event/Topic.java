package dev.punctual.event;

/** The topics of the contract. An installation may put a prefix before their names. */
public enum Topic {
  /**
   * Every change of a task, template or tag, and the deletion of a user; keyed by the id of what
   * changed.
   */
  TASK_EVENTS("task-events"),
  /**
   * Hints of timers that fall due soon; keyed by the timer's id. Its partitions are the ownership
   * of the timers.
   */
  TIMERS("timers"),
  /** Reminders that came due; keyed by the task's id. */
  NOTIFICATIONS("notifications");

  private final String baseName;

  Topic(String baseName) {
    this.baseName = baseName;
  }

  /** The name without a prefix. */
  public String baseName() {
    return baseName;
  }
}
