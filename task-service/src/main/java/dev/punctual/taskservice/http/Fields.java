package dev.punctual.taskservice.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a request's JSON object, read one by one. What is wrong is collected, so that one
 * answer names all of it: nothing that was read may be used before {@link #check} returned.
 */
public final class Fields {

  private final ObjectNode body;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  public Fields(ObjectNode body) {
    this.body = body;
  }

  /** Whether the field is there, be it null. */
  public boolean has(String name) {
    return body.has(name);
  }

  /** A field that must have a value; if it is absent, {@code absent} stands for it. */
  public <T> T value(String name, FieldReader<T> reader, T absent) {
    known.add(name);
    if (!body.has(name)) {
      return absent;
    }
    if (body.path(name).isNull()) {
      refuse(name, "must not be null");
      return absent;
    }
    var value = read(name, reader);
    return value == null ? absent : value;
  }

  /** A field that may be null; if it is absent, {@code absent} stands for it. */
  public <T> @Nullable T nullable(String name, FieldReader<T> reader, @Nullable T absent) {
    known.add(name);
    if (!body.has(name)) {
      return absent;
    }
    return body.path(name).isNull() ? null : read(name, reader);
  }

  /** Refuses the request if the field is absent. */
  public void require(String name) {
    if (!body.has(name)) {
      refuse(name, "is required");
    }
  }

  /**
   * Accepts fields that a client cannot change, if they are what they are now: so what was read can
   * be sent back with a change.
   */
  public void readOnly(Set<String> names, ObjectNode current) {
    for (var name : names) {
      known.add(name);
      if (body.has(name) && !body.path(name).equals(current.path(name))) {
        refuse(name, "cannot be changed; it is " + Shown.of(current.path(name).toString()));
      }
    }
  }

  /** Whether something is wrong with a field, or with a part of it. */
  public boolean isRefused(String name) {
    return errors.stream().anyMatch(error -> error.field().startsWith(name));
  }

  public void refuse(String name, String message) {
    errors.add(new FieldError(name, message));
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException if a value was refused, or there is a field that nobody asked for
   */
  public void check() {
    for (var name : body.propertyNames()) {
      if (!known.contains(name) && errors.size() < 20) {
        refuse(
            Shown.of(name),
            known.isEmpty()
                ? "is unknown; this request takes no fields"
                : "is unknown; the fields are " + String.join(", ", known));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
  }

  private <T> @Nullable T read(String name, FieldReader<T> reader) {
    try {
      return reader.read(body.path(name));
    } catch (FieldReader.Refused e) {
      e.errors().forEach(error -> errors.add(error.within(name)));
      return null;
    }
  }
}
