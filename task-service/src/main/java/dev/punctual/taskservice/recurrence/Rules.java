package dev.punctual.taskservice.recurrence;

import dev.punctual.recurrence.InvalidRule;
import dev.punctual.recurrence.RecurrenceRule;
import dev.punctual.taskservice.http.FieldError;
import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.ProblemException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Recurrence rules as requests bring them. */
public final class Rules {

  /** The field that a rule comes in. */
  public static final String FIELD = "recurrence_rule";

  private Rules() {}

  /**
   * Reads a rule, and keeps it as it was written; a natural phrase becomes the form it stands for.
   */
  public static FieldReader<JsonNode> rule() {
    return json -> {
      try {
        var rule = RecurrenceRule.parse(json);
        return json.has("text") ? rule.toJson() : json;
      } catch (InvalidRule e) {
        throw new FieldReader.Refused(errors(e));
      }
    };
  }

  /**
   * Parses a rule that {@link #rule} has read, and refuses one that never happens.
   *
   * @throws ProblemException 422
   */
  public static RecurrenceRule happening(JsonNode json, LocalDateTime start, ZoneId zone) {
    return checked(
        () -> {
          var rule = RecurrenceRule.parse(json);
          rule.validate(start, zone);
          return rule;
        });
  }

  /** The zone that a rule is in: its own, or else the given one. */
  public static ZoneId zone(JsonNode json, ZoneId otherwise) {
    return checked(() -> RecurrenceRule.parse(json).timeZone().orElse(otherwise));
  }

  private static <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidRule e) {
      throw ProblemException.invalidFields(
          errors(e).stream().map(error -> error.within(FIELD)).toList());
    }
  }

  private static List<FieldError> errors(InvalidRule e) {
    return e.problems().stream()
        .map(
            problem -> new FieldError(problem.field(), problem.message() + "; " + problem.remedy()))
        .toList();
  }
}
