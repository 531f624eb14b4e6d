package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * A change of one task.
 *
 * @param version the task's version after the change; a deletion carries the last version + 1
 * @param changed the JSON names of the fields that changed; empty for a snapshot
 * @param task the whole task after the change; for a deletion before it
 * @param cause who or what changed it
 */
public record TaskEvent(
    @JsonIgnore Kind kind, long version, List<String> changed, Task task, Cause cause)
    implements Event {

  /** What happened to the task. */
  public enum Kind {
    CREATED("task.created"),
    UPDATED("task.updated"),
    COMPLETED("task.completed"),
    REOPENED("task.reopened"),
    DELETED("task.deleted"),
    /** The current state, published again for a consumer that starts late. */
    SNAPSHOT("task.snapshot");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    /** The CloudEvents type. */
    public String type() {
      return type;
    }
  }

  /** The kind is not in the JSON: the record's type tells it. */
  TaskEvent as(Kind kind) {
    return new TaskEvent(kind, version, changed, task, cause);
  }

  @Override
  @JsonIgnore
  public String type() {
    return kind.type();
  }

  @Override
  @JsonIgnore
  public Topic topic() {
    return Topic.TASK_EVENTS;
  }

  @Override
  @JsonIgnore
  public String key() {
    return task.id();
  }
}
