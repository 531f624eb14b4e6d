package dev.punctual.taskservice.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request, read one by one as {@link Fields} are: nothing that was read
 * may be used before {@link #check} returned.
 */
public final class Query {

  private final Map<String, String[]> parameters;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  public Query(Map<String, String[]> parameters) {
    this.parameters = parameters;
  }

  public @Nullable String text(String name, int maxLength) {
    return read(name, text -> Texts.checked(text, maxLength));
  }

  public @Nullable Instant instant(String name) {
    return read(name, Texts::instant);
  }

  public @Nullable Boolean bool(String name) {
    return read(
        name,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new FieldReader.Refused("must be true or false");
            });
  }

  public int integer(String name, int min, int max, int absent) {
    var value =
        read(
            name,
            text -> {
              if (text.matches("\\d{1,9}")) {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                  return number;
                }
              }
              throw new FieldReader.Refused("must be a whole number from " + min + " to " + max);
            });
    return value == null ? absent : value;
  }

  public String oneOf(String name, List<String> words, String absent) {
    var value = read(name, text -> word(text, words));
    return value == null ? absent : value;
  }

  /** A parameter that may come several times; empty if it does not come. */
  public List<String> anyOf(String name, List<String> words) {
    return several(name, text -> word(text, words));
  }

  /** A parameter that may come several times; empty if it does not come. */
  public List<String> texts(String name, int maxLength) {
    return several(name, text -> Texts.checked(text, maxLength));
  }

  /** What the last page named as the place to go on from. */
  public @Nullable Cursor cursor(String sort) {
    return read("cursor", text -> Cursor.parse(text, sort));
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException if a parameter was refused, or there is one that nobody asked for
   */
  public void check() {
    for (var name : parameters.keySet()) {
      if (!known.contains(name) && errors.size() < 20) {
        errors.add(
            new FieldError(
                Shown.of(name),
                known.isEmpty()
                    ? "is unknown; there are no query parameters here"
                    : "is unknown; the query parameters are " + String.join(", ", known)));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalidParameters(errors);
    }
  }

  private static String word(String text, List<String> words) {
    if (!words.contains(text)) {
      throw new FieldReader.Refused("must be one of " + String.join(", ", words));
    }
    return text;
  }

  private <T> @Nullable T read(String name, Function<String, T> reader) {
    var values = several(name, reader);
    if (values.size() > 1) {
      errors.add(new FieldError(name, "must come only once"));
    }
    return values.isEmpty() ? null : values.get(0);
  }

  private <T> List<T> several(String name, Function<String, T> reader) {
    known.add(name);
    try {
      return Arrays.stream(parameters.getOrDefault(name, new String[0])).map(reader).toList();
    } catch (FieldReader.Refused e) {
      errors.add(new FieldError(name, e.said()));
      return List.of();
    }
  }
}
