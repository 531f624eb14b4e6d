package dev.punctual.recurrence;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * When something comes again: an ordered sequence of local date-times in a zone, written in one of
 * several forms that behave alike. Rules are immutable and safe to share between threads.
 */
public sealed interface RecurrenceRule permits Structured, RRule, Cron {

  /** The longest text of a rule. */
  int MOST_TEXT = 500;

  /** The longest interval. */
  int MOST_INTERVAL = 10_000;

  /** The highest {@code count}. */
  int MOST_COUNT = 10_000;

  /**
   * Reads a rule from its JSON.
   *
   * @throws InvalidRule naming every field that is wrong
   */
  static RecurrenceRule parse(JsonNode json) {
    return parse(json, null);
  }

  /**
   * Reads a rule from its JSON.
   *
   * @param start the day that a phrase's end is counted from if it names no year: "until march" is
   *     to the end of the first March from then on; null refuses such an end
   * @throws InvalidRule naming every field that is wrong
   */
  static RecurrenceRule parse(JsonNode json, @Nullable LocalDate start) {
    if (!json.isObject()) {
      throw new InvalidRule(
          "", "a rule is a JSON object", "write {\"frequency\": \"daily\"} or {\"rrule\": \"…\"}");
    }
    if (json.has("text")) {
      return Phrases.parse(json, start);
    }
    if (json.has("rrule")) {
      return RRule.parse(new Fields(json));
    }
    if (json.has("cron")) {
      return Cron.parse(new Fields(json));
    }
    return Structured.parse(new Fields(json));
  }

  /** The rule as JSON in its canonical form; {@link #parse} reads it back as an equal rule. */
  JsonNode toJson();

  /** What it says beside its pattern. */
  Terms terms();

  /** The rule's own zone; a rule without one follows its user's. */
  default Optional<ZoneId> timeZone() {
    return Optional.ofNullable(terms().timeZone());
  }

  /** What a completed task's successor is counted from. */
  default Anchor anchor() {
    return terms().anchor();
  }

  /**
   * Whether a completed task's successor may lie in the past: {@link CatchUp.Policy#ALL}, or {@link
   * CatchUp.Policy#LATEST}. A template has a policy of its own.
   */
  default CatchUp.Policy catchUp() {
    return terms().catchUp();
  }

  /**
   * Whether the rule comes at certain hours or minutes, rather than on certain days at a time of
   * day.
   */
  boolean goesByTheClock();

  /** How many occurrences there are at most. */
  default OptionalInt count() {
    return terms().limit();
  }

  /** What the rule means, in English, such as "every 2 weeks on Monday and Wednesday". */
  String describe();

  /**
   * The rule's occurrences. A start that the rule does not produce is no occurrence and is not
   * counted.
   *
   * @param start the local date-time that the rule counts from; fractions of a second are dropped
   * @param userZone the zone for a rule that has none of its own
   */
  Occurrences occurrences(LocalDateTime start, ZoneId userZone);

  /**
   * The same as {@link #occurrences} for a series that goes on from a given place, whose {@code
   * count} somebody else keeps.
   */
  Occurrences uncounted(LocalDateTime start, ZoneId userZone);

  /**
   * Refuses a rule that has no occurrence at all, such as the 30th of February.
   *
   * @throws InvalidRule if nothing was found within 100 years
   */
  default void validate(LocalDateTime start, ZoneId userZone) {
    if (occurrences(start, userZone).first().isEmpty()) {
      throw new InvalidRule(
          "",
          "the rule never happens on or after " + start,
          "check the days against the months, and the end against the start");
    }
  }
}
