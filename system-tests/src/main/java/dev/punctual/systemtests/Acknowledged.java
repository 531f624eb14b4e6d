package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The latest write of a task that was answered with success.
 *
 * @param version of the task after it; {@link Long#MAX_VALUE} for its deletion
 * @param answered the fields of the answer that are compared, as JSON; empty for a deletion
 */
record Acknowledged(String taskId, long version, String answered) {

  /** What the titles of new tasks begin with, which are their idempotency keys, too. */
  static final String KEY = "load-";

  private static final List<String> COMPARED =
      List.of("title", "is_complete", "priority", "due_date", "remind_at", "reminders");

  static Acknowledged deletion(String taskId) {
    return new Acknowledged(taskId, Long.MAX_VALUE, "");
  }

  static Acknowledged write(JsonNode task) {
    var compared = EventJson.MAPPER.createObjectNode();
    COMPARED.forEach(field -> compared.set(field, task.get(field)));
    return new Acknowledged(
        task.path("id").asString(), task.path("version").asLong(), compared.toString());
  }

  boolean isDeletion() {
    return version == Long.MAX_VALUE;
  }

  Acknowledged orLater(Acknowledged other) {
    return version > other.version ? this : other;
  }
}
