package dev.punctual.recurrence;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules and starts as tests write them: with single quotes, and in UTC unless a zone is named. */
final class Rules {

  static final ZoneId UTC = ZoneId.of("UTC");
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static final JsonMapper JSON = new JsonMapper();

  private Rules() {}

  static JsonNode json(String json) {
    return JSON.readTree(json.replace('\'', '"'));
  }

  static RecurrenceRule rule(String json) {
    return RecurrenceRule.parse(json(json));
  }

  static RecurrenceRule rule(String json, String startDay) {
    return RecurrenceRule.parse(json(json), LocalDate.parse(startDay));
  }

  static RecurrenceRule rrule(String text) {
    return RecurrenceRule.parse(JSON.createObjectNode().put("rrule", text));
  }

  static LocalDateTime at(String local) {
    return LocalDateTime.parse(local);
  }

  /** The first local date-times, without zeros for seconds. */
  static List<String> locals(RecurrenceRule rule, String start, int limit) {
    return rule.occurrences(at(start), UTC).first(limit).stream()
        .map(occurrence -> occurrence.local().toString())
        .toList();
  }

  /** The first local dates. */
  static List<String> days(RecurrenceRule rule, String start, int limit) {
    return rule.occurrences(at(start), UTC).first(limit).stream()
        .map(occurrence -> occurrence.local().toLocalDate().toString())
        .toList();
  }
}
