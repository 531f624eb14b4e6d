package dev.punctual.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A user was deleted, and everything of theirs with them. */
public record UserEvent(String userId) implements Event {

  @Override
  @JsonIgnore
  public String type() {
    return "user.deleted";
  }

  @Override
  @JsonIgnore
  public Topic topic() {
    return Topic.TASK_EVENTS;
  }

  @Override
  @JsonIgnore
  public String key() {
    return userId;
  }
}
