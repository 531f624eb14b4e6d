package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.EventJson;
import dev.punctual.event.RecurringTask;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Tells by their JSON names what differs between two states of a template. */
final class TemplateChange {

  private static final Set<String> NOT_TOLD = Set.of("id", "user_id", "created_at", "updated_at");

  private TemplateChange() {}

  static List<String> between(RecurringTask before, RecurringTask after) {
    var was = json(before);
    return json(after)
        .propertyStream()
        .filter(field -> !NOT_TOLD.contains(field.getKey()))
        .filter(field -> !field.getValue().equals(was.path(field.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Of a new template: the fields that have a value. */
  static List<String> ofNew(RecurringTask template) {
    return json(template)
        .propertyStream()
        .filter(field -> !NOT_TOLD.contains(field.getKey()))
        .filter(field -> !field.getValue().isNull() && !isEmptyList(field.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isEmptyList(JsonNode value) {
    return value.isArray() && value.isEmpty();
  }

  private static JsonNode json(RecurringTask template) {
    return EventJson.MAPPER.valueToTree(template);
  }
}
