package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * A change of one template ({@code recurring_tasks}).
 *
 * @param version the template's version after the change; a deletion carries the last version + 1
 * @param changed the JSON names of the fields that changed
 */
public record RecurringTaskEvent(
    @JsonIgnore Kind kind,
    long version,
    List<String> changed,
    RecurringTask recurringTask,
    Cause cause)
    implements Event {

  /** What happened to the template. */
  public enum Kind {
    CREATED("recurring_task.created"),
    UPDATED("recurring_task.updated"),
    /** Its rule has no further occurrence. */
    ENDED("recurring_task.ended"),
    DELETED("recurring_task.deleted");

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
  RecurringTaskEvent as(Kind kind) {
    return new RecurringTaskEvent(kind, version, changed, recurringTask, cause);
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
    return recurringTask.id();
  }
}
