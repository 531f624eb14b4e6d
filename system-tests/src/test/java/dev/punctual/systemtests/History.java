package dev.punctual.systemtests;

import dev.punctual.event.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A made-up history of one task, to be spoilt by a test. */
final class History {

  static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  static final String TASK = "task-1";

  final List<Told> log = new ArrayList<>();

  static Instant noonPlus(double seconds) {
    return NOON.plusMillis((long) (seconds * 1000));
  }

  /** The task is created so many seconds after noon, with reminders so many seconds after noon. */
  History created(double at, double... reminders) {
    var task =
        json(
            """
            {"id": "task-1", "user_id": "u", "title": "load-1", "description": null, "is_complete": false,
             "priority": "low", "due_date": null, "tags": [], "created_at": "%s"}
            """
                .formatted(noonPlus(at)));
    return tell("task.created", at, reminding(reminders).apply(task));
  }

  History completed(double at) {
    return tell("task.completed", at, task().put("is_complete", true));
  }

  History reopened(double at) {
    return tell("task.reopened", at, task().put("is_complete", false));
  }

  History titled(double at, String title) {
    return tell("task.updated", at, task().put("title", title));
  }

  History reminded(double at, double... reminders) {
    return tell("task.updated", at, reminding(reminders).apply(task()));
  }

  History changed(double at, UnaryOperator<ObjectNode> change) {
    return tell("task.updated", at, change.apply(task()));
  }

  History deleted(double at) {
    add("task.deleted", at, task(), List.of());
    return this;
  }

  /** What the table holds after the last event. */
  TaskEventsChecker.Row row() {
    return new TaskEventsChecker.Row(Subject.TASK, TASK, log.size(), task());
  }

  /** The answer to the request whose event is the last. */
  Acknowledged answer() {
    return Acknowledged.write(task().put("version", log.size()));
  }

  private History tell(String type, double at, ObjectNode task) {
    task.put("updated_at", noonPlus(at).toString());
    var changed = States.changed(log.isEmpty() ? null : task(), task);
    add(type, at, task, List.copyOf(changed));
    return this;
  }

  private void add(String type, double at, ObjectNode task, List<String> changed) {
    var body =
        EventJson.MAPPER.valueToTree(
            Map.of("version", log.size() + 1, "changed", changed, "task", task));
    log.add(event("event-" + log.size(), type, TASK, noonPlus(at), body));
  }

  static Told event(String id, String type, String key, Instant at, JsonNode body) {
    return new Told(id, type, key, at, at, "somewhere", body);
  }

  static ObjectNode json(String text) {
    return (ObjectNode) EventJson.MAPPER.readTree(text);
  }

  private ObjectNode task() {
    return (ObjectNode) log.get(log.size() - 1).body().path("task").deepCopy();
  }

  private static UnaryOperator<ObjectNode> reminding(double... seconds) {
    return task -> {
      var reminders = task.putArray("reminders");
      for (double second : seconds) {
        reminders.addObject().put("at", noonPlus(second).toString());
      }
      task.put("remind_at", seconds.length == 0 ? null : noonPlus(seconds[0]).toString());
      return task;
    };
  }
}
