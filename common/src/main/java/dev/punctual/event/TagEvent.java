package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/** A change of one tag. Renaming a tag changes no task. */
public record TagEvent(@JsonIgnore Kind kind, Tag tag, Cause cause) implements Event {

  /** A tag after the change; for a deletion before it. */
  public record Tag(
      String id, String userId, String name, String color, Instant createdAt, Instant updatedAt) {}

  /** What happened to the tag. */
  public enum Kind {
    CREATED("tag.created"),
    UPDATED("tag.updated"),
    DELETED("tag.deleted");

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
  TagEvent as(Kind kind) {
    return new TagEvent(kind, tag, cause);
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
    return tag.id();
  }
}
