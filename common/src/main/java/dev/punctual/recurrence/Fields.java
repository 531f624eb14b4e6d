package dev.punctual.recurrence;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads a rule's JSON field by field and collects what is wrong with it. */
final class Fields {

  private final JsonNode json;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<InvalidRule.Problem> problems = new ArrayList<>();

  Fields(JsonNode json) {
    this.json = json;
  }

  void refuse(String field, String message, String remedy) {
    problems.add(new InvalidRule.Problem(field, message, remedy));
  }

  boolean has(String name) {
    known.add(name);
    return json.hasNonNull(name);
  }

  JsonNode value(String name) {
    return json.path(name);
  }

  OptionalInt integer(String name, int min, int max) {
    if (!has(name)) {
      return OptionalInt.empty();
    }
    return integer(name, json.path(name), min, max);
  }

  OptionalInt integer(String field, JsonNode value, int min, int max) {
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      int number = value.intValue();
      if (number >= min && number <= max) {
        return OptionalInt.of(number);
      }
    }
    refuse(
        field,
        shown(value) + " is not a whole number from " + min + " to " + max,
        "write a number from " + min + " to " + max);
    return OptionalInt.empty();
  }

  Optional<String> text(String name) {
    return has(name) ? text(name, json.path(name)) : Optional.empty();
  }

  private Optional<String> text(String field, JsonNode value) {
    if (!value.isString()) {
      refuse(field, shown(value) + " is not a text", "write a text in quotes");
      return Optional.empty();
    }
    return Optional.of(value.stringValue());
  }

  /** A text that {@code reader} understands, such as a date; {@code example} is the remedy. */
  <T> Optional<T> read(String name, Function<String, T> reader, String example) {
    return has(name) ? read(name, json.path(name), reader, example) : Optional.empty();
  }

  <T> Optional<T> read(String field, JsonNode value, Function<String, T> reader, String example) {
    return text(field, value)
        .flatMap(
            text -> {
              try {
                return Optional.of(reader.apply(text));
              } catch (DateTimeException e) {
                refuse(field, shown(value) + " is not understood", "write it as " + example);
                return Optional.empty();
              }
            });
  }

  /** One of an enum's constants, written in lower case. */
  <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    Map<String, E> byName = new java.util.LinkedHashMap<>();
    Arrays.stream(type.getEnumConstants())
        .forEach(e -> byName.put(e.name().toLowerCase(Locale.ROOT), e));
    return has(name) ? choice(name, json.path(name), byName) : Optional.empty();
  }

  <E> Optional<E> choice(String name, Map<String, E> choices) {
    return has(name) ? choice(name, json.path(name), choices) : Optional.empty();
  }

  <E> Optional<E> choice(String field, JsonNode value, Map<String, E> choices) {
    if (value.isString()) {
      E chosen = choices.get(value.stringValue().toLowerCase(Locale.ROOT));
      if (chosen != null) {
        return Optional.of(chosen);
      }
    }
    String all = String.join(", ", choices.keySet());
    refuse(field, shown(value) + " is not one of " + all, "write one of " + all);
    return Optional.empty();
  }

  /** The field's elements, each with its path; a single value is a list of one. */
  List<Map.Entry<String, JsonNode>> elements(String name, int max) {
    if (!has(name)) {
      return List.of();
    }
    JsonNode value = json.path(name);
    if (!value.isArray()) {
      return List.of(Map.entry(name, value));
    }
    if (value.size() > max || value.isEmpty()) {
      refuse(
          name,
          value.isEmpty() ? "the list is empty" : "more than " + max + " values",
          "write 1 to " + max + " values, or leave the field out");
      return List.of();
    }
    List<Map.Entry<String, JsonNode>> elements = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      elements.add(Map.entry(name + "[" + i + "]", value.get(i)));
    }
    return elements;
  }

  /** Refuses every field that nobody asked for: a misspelt one must not be ignored. */
  void refuseUnknown() {
    for (String name : json.propertyNames()) {
      if (!known.contains(name)) {
        refuse(
            name.length() > 40 ? name.substring(0, 40) : name,
            "is not a field of this form of rule",
            "the fields are " + String.join(", ", known));
      }
    }
  }

  void throwIfRefused() {
    if (!problems.isEmpty()) {
      throw new InvalidRule(problems);
    }
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
