package dev.punctual.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule as RFC 5545 writes it, with the skip of RFC 7529.
 *
 * @param text the rule's parts, in upper case and without a leading {@code RRULE:}
 * @param end what UNTIL says; null without one
 */
record RRule(
    String text, ByParts parts, @Nullable Integer countInText, @Nullable Until end, Terms terms)
    implements RecurrenceRule {

  /** The last moment of a rule: a local one or, when written with a Z, an instant. */
  record Until(LocalDateTime local, boolean isUtc) {}

  static RRule parse(Fields fields) {
    Terms terms = Terms.parse(fields);
    String text = fields.text("rrule").orElse("");
    fields.refuseUnknown();
    fields.throwIfRefused();
    RRuleText.Read read = RRuleText.read(text, fields);
    if ((read.count() != null || read.until() != null)
        && (terms.count() != null || terms.endDate() != null)) {
      fields.refuse(
          terms.count() != null ? "count" : "end_date",
          "the rrule has a COUNT or an UNTIL already",
          "write the end once");
    }
    fields.throwIfRefused();
    return new RRule(read.text(), read.parts(), read.count(), read.until(), terms);
  }

  @Override
  public JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rrule", text);
    terms.write(json);
    return json;
  }

  @Override
  public OptionalInt count() {
    return countInText == null ? terms.limit() : OptionalInt.of(countInText);
  }

  @Override
  public String describe() {
    return Description.of(parts, terms, count(), end);
  }

  @Override
  public boolean goesByTheClock() {
    return parts.frequency() == Frequency.HOURLY;
  }

  @Override
  public Occurrences occurrences(LocalDateTime start, ZoneId userZone) {
    OptionalInt count = count();
    return occurrences(start, userZone, count.isPresent() ? count.getAsInt() : null);
  }

  @Override
  public Occurrences uncounted(LocalDateTime start, ZoneId userZone) {
    return occurrences(start, userZone, null);
  }

  private Occurrences occurrences(LocalDateTime start, ZoneId userZone, @Nullable Integer count) {
    ZoneId zone = timeZone().orElse(userZone);
    LocalTimes locals =
        new LocalTimes(LocalPattern.of(parts, start), start, lastLocal(zone), count, terms);
    return new Occurrences(locals, lastInstant(), zone);
  }

  private @Nullable Instant lastInstant() {
    return end != null && end.isUtc() ? end.local().toInstant(ZoneOffset.UTC) : null;
  }

  private long lastLocal(ZoneId zone) {
    if (end == null) {
      return terms.lastLocal();
    }
    // In an overlap the clock is behind what it has shown: the instant decides there, so let it.
    long slack = end.isUtc() ? Cursor.DAY : 0;
    LocalDateTime local =
        end.isUtc()
            ? LocalDateTime.ofInstant(end.local().toInstant(ZoneOffset.UTC), zone)
            : end.local();
    return local.toEpochSecond(ZoneOffset.UTC) + slack;
  }
}
