package dev.punctual.recurrence;

import dev.punctual.recurrence.ByParts.NthDay;
import dev.punctual.recurrence.ByParts.Skip;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule in fields, such as {@code {"frequency": "weekly", "interval": 2, "days": ["mon", "wed"]}}.
 *
 * @param days the weekdays; in order of the week
 * @param nth which of these weekdays of the month, from the end if negative; 0 says nothing
 * @param daysOfMonth from the end if negative
 * @param workingDay 1 the first working day (Monday to Friday) of the month, -1 the last, 0 neither
 * @param times times of day; the start's if empty
 * @param clamp whether the last day of a month stands in for one that it does not have
 */
record Structured(
    Frequency frequency,
    int interval,
    List<DayOfWeek> days,
    int nth,
    List<Integer> daysOfMonth,
    int workingDay,
    List<Integer> months,
    List<LocalTime> times,
    boolean clamp,
    Terms terms)
    implements RecurrenceRule {

  static Structured parse(Fields fields) {
    return StructuredFields.read(fields);
  }

  ByParts parts() {
    return new ByParts(
        frequency,
        interval,
        DayOfWeek.MONDAY,
        clamp && frequency.compareTo(Frequency.MONTHLY) >= 0 ? Skip.BACKWARD : Skip.OMIT,
        months,
        List.of(),
        List.of(),
        daysOfMonth,
        days.stream().map(day -> new NthDay(nth, day)).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        times,
        workingDay);
  }

  @Override
  public JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("frequency", frequency.name().toLowerCase(Locale.ROOT));
    if (interval != 1) {
      json.put("interval", interval);
    }
    StructuredFields.write(this, json);
    terms.write(json);
    return json;
  }

  @Override
  public String describe() {
    return Description.of(parts(), terms, count(), null);
  }

  @Override
  public boolean goesByTheClock() {
    return false;
  }

  @Override
  public Occurrences occurrences(LocalDateTime start, ZoneId userZone) {
    return occurrences(start, userZone, terms.count());
  }

  @Override
  public Occurrences uncounted(LocalDateTime start, ZoneId userZone) {
    return occurrences(start, userZone, null);
  }

  private Occurrences occurrences(LocalDateTime start, ZoneId userZone, @Nullable Integer count) {
    ByParts parts = parts();
    if (frequency == Frequency.YEARLY && months.isEmpty()) {
      parts = parts.onDays(List.of(start.getMonthValue()), daysOfMonth);
    }
    return new Occurrences(
        new LocalTimes(LocalPattern.of(parts, start), start, terms.lastLocal(), count, terms),
        null,
        timeZone().orElse(userZone));
  }
}
