package dev.punctual.systemtests;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares what events and rows say, whatever way each writes instants, durations and tags. */
final class States {

  /** What a change is not told to change. */
  private static final Set<String> NEVER_TOLD = Set.of("id", "user_id", "created_at", "updated_at");

  private States() {}

  /** The names of the fields of one that the other has otherwise, or has not. */
  static Set<String> differing(JsonNode one, JsonNode other) {
    var names = new TreeSet<String>();
    one.propertyNames().stream()
        .filter(name -> !value(name, one.get(name)).equals(value(name, other.get(name))))
        .forEach(names::add);
    return names;
  }

  /** What an event is to name as changed, between the state before, if any, and after. */
  static Set<String> changed(@Nullable JsonNode before, JsonNode after) {
    var names = new TreeSet<String>();
    if (before == null) {
      after.propertyNames().stream().filter(name -> hasValue(after.get(name))).forEach(names::add);
    } else {
      names.addAll(differing(after, before));
    }
    names.removeAll(NEVER_TOLD);
    return names;
  }

  private static boolean hasValue(JsonNode node) {
    return !(node.isNull()
        || (node.isArray() && node.isEmpty())
        || (node.isBoolean() && !node.asBoolean()));
  }

  private static Object value(String name, @Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return "";
    }
    if (name.equals("tags")) {
      // Renaming a tag changes no task.
      return node.valueStream()
          .map(tag -> tag.path("id").asString(tag.asString("")))
          .sorted()
          .toList();
    }
    if (node.isArray()) {
      return node.valueStream().map(element -> value("", element)).toList();
    }
    if (node.isObject()) {
      var fields = new TreeMap<String, Object>();
      node.properties()
          .forEach(field -> fields.put(field.getKey(), value(field.getKey(), field.getValue())));
      return fields;
    }
    return node.isString() ? text(node.asString()) : node.asString();
  }

  private static Object text(String text) {
    try {
      if (text.startsWith("PT")) {
        return Duration.parse(text);
      }
      return text.contains("T") ? OffsetDateTime.parse(text).toInstant() : text;
    } catch (DateTimeException e) {
      return text;
    }
  }
}
