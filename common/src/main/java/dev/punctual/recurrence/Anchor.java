package dev.punctual.recurrence;

/** What a completed task's successor is counted from. */
public enum Anchor {
  /** The old due date: the series never drifts. */
  DUE,
  /** The local date on which the task was completed, keeping the time of day. */
  COMPLETION
}
