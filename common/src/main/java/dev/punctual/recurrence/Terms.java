package dev.punctual.recurrence;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every form of rule may say beside its pattern.
 *
 * @param exdates local dates or date-times that are left out; a date leaves out the whole day
 * @param rdates local dates or date-times that are added; a date takes the start's time of day
 */
record Terms(
    @Nullable ZoneId timeZone,
    Anchor anchor,
    CatchUp.Policy catchUp,
    @Nullable Integer count,
    @Nullable LocalDate endDate,
    List<Moment> exdates,
    List<Moment> rdates) {

  static final Terms NONE =
      new Terms(null, Anchor.DUE, CatchUp.Policy.LATEST, null, null, List.of(), List.of());

  private static final int MOST_DATES = 500;
  private static final Map<String, CatchUp.Policy> OF_A_CHAIN =
      new TreeMap<>(Map.of("latest", CatchUp.Policy.LATEST, "all", CatchUp.Policy.ALL));

  /** A local date, or a local date-time. */
  record Moment(LocalDate date, @Nullable LocalTime time) {

    static Moment parse(String text) {
      if (text.indexOf('T') < 0) {
        return new Moment(year(LocalDate.parse(text)), null);
      }
      LocalDateTime at = LocalDateTime.parse(text);
      return new Moment(year(at.toLocalDate()), at.toLocalTime().withNano(0));
    }

    LocalDateTime at(LocalTime otherwise) {
      return LocalDateTime.of(date, time == null ? otherwise : time);
    }

    @Override
    public String toString() {
      return time == null ? date.toString() : date + "T" + time;
    }
  }

  OptionalInt limit() {
    return count == null ? OptionalInt.empty() : OptionalInt.of(count);
  }

  /** The last local second that may be an occurrence. */
  long lastLocal() {
    return endDate == null
        ? Cursor.END
        : endDate.atTime(LocalTime.MAX).toEpochSecond(ZoneOffset.UTC);
  }

  static Terms parse(Fields fields) {
    return new Terms(
        fields.read("time_zone", Terms::zone, "an IANA zone such as Europe/Berlin").orElse(null),
        fields.choice("anchor", Anchor.class).orElse(Anchor.DUE),
        fields.choice("catch_up", OF_A_CHAIN).orElse(CatchUp.Policy.LATEST),
        fields.integer("count", 1, RecurrenceRule.MOST_COUNT).stream()
            .boxed()
            .findAny()
            .orElse(null),
        fields.read("end_date", t -> year(LocalDate.parse(t)), "2027-01-31").orElse(null),
        moments(fields, "exdates"),
        moments(fields, "rdates"));
  }

  private static List<Moment> moments(Fields fields, String name) {
    List<Moment> moments = new ArrayList<>();
    Function<String, Moment> reader = Moment::parse;
    for (Map.Entry<String, JsonNode> element : fields.elements(name, MOST_DATES)) {
      fields
          .read(element.getKey(), element.getValue(), reader, "2027-01-31 or 2027-01-31T09:00:00")
          .ifPresent(moments::add);
    }
    return List.copyOf(moments);
  }

  /** Region names only: an offset such as +02:00 knows no daylight saving, and says so nowhere. */
  static ZoneId zone(String text) {
    Objects.requireNonNull(ZoneRulesProvider.getRules(text, false));
    return ZoneId.of(text);
  }

  private static LocalDate year(LocalDate date) {
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw new java.time.DateTimeException("year outside 1 to 9999");
    }
    return date;
  }

  void write(ObjectNode json) {
    if (timeZone != null) {
      json.put("time_zone", timeZone.getId());
    }
    if (anchor != Anchor.DUE) {
      json.put("anchor", anchor.name().toLowerCase(Locale.ROOT));
    }
    if (catchUp == CatchUp.Policy.ALL) {
      json.put("catch_up", "all");
    }
    if (count != null) {
      json.put("count", count);
    }
    if (endDate != null) {
      json.put("end_date", endDate.toString());
    }
    write(json, "exdates", exdates);
    write(json, "rdates", rdates);
  }

  private static void write(ObjectNode json, String name, List<Moment> moments) {
    if (!moments.isEmpty()) {
      var array = json.putArray(name);
      moments.forEach(moment -> array.add(moment.toString()));
    }
  }
}
