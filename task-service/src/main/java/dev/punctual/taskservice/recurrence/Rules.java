package dev.punctual.taskservice.recurrence;

import dev.punctual.recurrence.Anchor;
import dev.punctual.recurrence.CatchUp;
import dev.punctual.recurrence.InvalidRule;
import dev.punctual.recurrence.RecurrenceRule;
import dev.punctual.taskservice.http.FieldError;
import dev.punctual.taskservice.http.FieldReader;
import dev.punctual.taskservice.http.ProblemException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Recurrence rules as requests bring them. */
public final class Rules {

  /** The field that a rule comes in. */
  public static final String FIELD = "recurrence_rule";

  private Rules() {}

  /**
   * Reads a rule, and keeps it as it was written; a natural phrase becomes the form it stands for.
   *
   * @param start what a phrase's end is counted from if it names no year; null refuses such an end
   */
  public static FieldReader<JsonNode> rule(@Nullable LocalDate start) {
    return json -> {
      try {
        var rule = RecurrenceRule.parse(json, start);
        return json.has("text") ? rule.toJson() : json;
      } catch (InvalidRule e) {
        throw new FieldReader.Refused(errors(e));
      }
    };
  }

  /** As {@link #rule}, of a template: it goes by the calendar, whatever is completed when. */
  public static FieldReader<JsonNode> calendarRule(@Nullable LocalDate start) {
    return json -> {
      var read = rule(start).read(json);
      var rule = RecurrenceRule.parse(read);
      List<FieldError> errors = new ArrayList<>();
      if (rule.anchor() == Anchor.COMPLETION) {
        errors.add(
            new FieldError(
                json.has("anchor") ? "anchor" : "text",
                "what is counted from completion is for a task's own rule: a recurring task goes by the calendar; create a task with this recurrence_rule instead (POST /api/tasks)"));
      }
      if (rule.catchUp() != CatchUp.Policy.LATEST) {
        errors.add(
            new FieldError("catch_up", "is for a task's own rule; write catch_up beside this one"));
      }
      if (!errors.isEmpty()) {
        throw new FieldReader.Refused(errors);
      }
      return read;
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
