package dev.punctual.taskservice.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Turns the JSON of one field into its value. */
@FunctionalInterface
public interface FieldReader<T> {

  /**
   * Reads a value that is not null.
   *
   * @throws Refused if it is not valid
   */
  T read(JsonNode value);

  /** A value is refused, and what would be right is said. */
  final class Refused extends RuntimeException {

    private final transient List<FieldError> errors;

    public Refused(String message) {
      this(List.of(new FieldError("", message)));
    }

    /** Refuses a value with parts; the errors name those. */
    public Refused(List<FieldError> errors) {
      super(errors.toString());
      this.errors = errors;
    }

    public List<FieldError> errors() {
      return errors;
    }

    /** What is said first. */
    String said() {
      return errors.get(0).message();
    }
  }

  /** Any text up to a length in characters (Unicode code points). */
  static FieldReader<String> text(int maxLength) {
    return value -> {
      if (!value.isString()) {
        throw new Refused("must be a text");
      }
      return Texts.checked(value.stringValue(), maxLength);
    };
  }

  /** A text with something in it; blanks around it are dropped. */
  static FieldReader<String> name(int maxLength) {
    return value -> {
      var text = text(maxLength).read(value).strip();
      if (text.isEmpty()) {
        throw new Refused("must not be empty");
      }
      return text;
    };
  }

  /** One of a few words. */
  static FieldReader<String> oneOf(List<String> words) {
    return value -> {
      if (!value.isString() || !words.contains(value.stringValue())) {
        throw new Refused("must be one of " + String.join(", ", words));
      }
      return value.stringValue();
    };
  }

  static FieldReader<Boolean> bool() {
    return value -> {
      if (!value.isBoolean()) {
        throw new Refused("must be true or false");
      }
      return value.booleanValue();
    };
  }

  static FieldReader<Integer> integer(int min, int max) {
    return value -> {
      if (!value.isIntegralNumber()
          || !value.canConvertToInt()
          || value.intValue() < min
          || value.intValue() > max) {
        throw new Refused("must be a whole number from " + min + " to " + max);
      }
      return value.intValue();
    };
  }

  static FieldReader<Instant> instant() {
    return value -> Texts.instant(value.isString() ? value.stringValue() : "");
  }

  /** A date-time on the wall clock, without an offset. */
  static FieldReader<LocalDateTime> localDateTime() {
    return value -> {
      try {
        var local = LocalDateTime.parse(value.isString() ? value.stringValue() : "");
        return Texts.inRange(local.truncatedTo(ChronoUnit.MICROS));
      } catch (DateTimeException e) {
        throw new Refused(
            "must be a local date-time without an offset, such as 2026-12-24T09:00:00");
      }
    };
  }

  /** An ISO 8601 duration in whole seconds that is not negative. */
  static FieldReader<Duration> duration(Duration max) {
    return value -> {
      try {
        var duration = Duration.parse(value.isString() ? value.stringValue() : "");
        if (!duration.isNegative()
            && duration.compareTo(max) <= 0
            && duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
          return duration;
        }
      } catch (DateTimeException e) {
        // Said below.
      }
      throw new Refused(
          "must be a duration of whole seconds from PT0S to " + max + ", such as PT15M or P1D");
    };
  }

  static FieldReader<ZoneId> zone() {
    return value -> Texts.zone(value.isString() ? value.stringValue() : "");
  }

  /** Distinct names, in the order in which they come first. */
  static FieldReader<List<String>> names(int maxCount, int maxLength) {
    return value -> {
      if (!value.isArray() || value.size() > maxCount) {
        throw new Refused("must be a list of up to " + maxCount + " texts");
      }
      return List.copyOf(each(value, name(maxLength)));
    };
  }

  /** The distinct values in a list; what is wrong is named by its place. */
  static <T> Set<T> each(JsonNode list, FieldReader<T> reader) {
    Set<T> values = new LinkedHashSet<>();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      try {
        values.add(reader.read(list.get(i)));
      } catch (Refused e) {
        var place = "[" + i + "]";
        e.errors().forEach(error -> errors.add(error.within(place)));
      }
    }
    if (!errors.isEmpty()) {
      throw new Refused(errors);
    }
    return values;
  }

  static FieldReader<JsonNode> object() {
    return value -> {
      if (!value.isObject()) {
        throw new Refused("must be an object");
      }
      return value;
    };
  }
}
