package dev.punctual.recurrence;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of the structured form: their names, their values and which stand together. */
final class StructuredFields {

  private static final Map<String, Frequency> FREQUENCIES = new LinkedHashMap<>();
  private static final Map<String, DayOfWeek> DAYS = new LinkedHashMap<>();
  private static final Map<String, Integer> MONTHS = new LinkedHashMap<>();
  private static final Map<String, Boolean> MONTH_ENDS = new LinkedHashMap<>();
  private static final int LAST = -1;
  private static final int FIRST_WORKING = 100;
  private static final int LAST_WORKING = -100;
  private static final Map<String, Integer> NAMED_DAYS = new LinkedHashMap<>();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  static {
    for (Frequency frequency : Frequency.values()) {
      if (frequency != Frequency.HOURLY) {
        FREQUENCIES.put(frequency.name().toLowerCase(Locale.ROOT), frequency);
      }
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      DAYS.put(shortName(day), day);
    }
    for (java.time.Month month : java.time.Month.values()) {
      MONTHS.put(
          month.getDisplayName(TextStyle.SHORT, Locale.ROOT).toLowerCase(Locale.ROOT),
          month.getValue());
    }
    MONTH_ENDS.put("clamp", true);
    MONTH_ENDS.put("skip", false);
    NAMED_DAYS.put("last", LAST);
    NAMED_DAYS.put("last_working", LAST_WORKING);
    NAMED_DAYS.put("first_working", FIRST_WORKING);
  }

  private StructuredFields() {}

  private static String shortName(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  static Structured read(Fields fields) {
    Frequency frequency =
        fields.has("frequency")
            ? fields.choice("frequency", FREQUENCIES).orElse(Frequency.DAILY)
            : missing(fields);
    int interval = fields.integer("interval", 1, RecurrenceRule.MOST_INTERVAL).orElse(1);
    List<DayOfWeek> days =
        List.copyOf(collect(fields, "days", 7, (f, json) -> fields.choice(f, json, DAYS)));
    int nth = nth(fields);
    List<Integer> dates =
        List.copyOf(collect(fields, "day_of_month", 31, (f, json) -> dayOfMonth(fields, f, json)));
    List<Integer> months =
        List.copyOf(collect(fields, "months", 12, (f, json) -> month(fields, f, json)));
    List<LocalTime> times =
        List.copyOf(
            collect(
                fields,
                "times",
                48,
                (f, json) -> fields.read(f, json, t -> LocalTime.parse(t, TIME), "09:00")));
    boolean clamp = !fields.has("month_end") || fields.choice("month_end", MONTH_ENDS).orElse(true);
    Terms terms = Terms.parse(fields);
    fields.refuseUnknown();
    int workingDay = dates.contains(LAST_WORKING) ? -1 : dates.contains(FIRST_WORKING) ? 1 : 0;
    if (workingDay != 0 && dates.size() > 1) {
      fields.refuse("day_of_month", "a working day stands alone", "write two rules");
    }
    checkTogether(fields, frequency, nth, days);
    fields.throwIfRefused();
    List<Integer> plain = workingDay == 0 ? dates : List.of();
    return new Structured(
        frequency, interval, days, nth, plain, workingDay, months, times, clamp, terms);
  }

  private static Frequency missing(Fields fields) {
    fields.refuse(
        "frequency",
        "is missing",
        "write \"frequency\": \"daily\", \"weekly\", \"monthly\" or \"yearly\"; or use another form:"
            + " \"rrule\", \"cron\", \"text\"");
    return Frequency.DAILY;
  }

  private interface Reader<T> {
    java.util.Optional<T> read(String field, JsonNode value);
  }

  private static <T extends Comparable<? super T>> Set<T> collect(
      Fields fields, String name, int max, Reader<T> reader) {
    Set<T> values = new TreeSet<>();
    for (Map.Entry<String, JsonNode> element : fields.elements(name, max)) {
      reader.read(element.getKey(), element.getValue()).ifPresent(values::add);
    }
    return values;
  }

  private static int nth(Fields fields) {
    if (!fields.has("nth")) {
      return 0;
    }
    if (fields.value("nth").isString()) {
      return fields.choice("nth", fields.value("nth"), Map.of("last", LAST)).orElse(0);
    }
    int nth = fields.integer("nth", -5, 5).orElse(1);
    if (nth == 0) {
      fields.refuse("nth", "there is no weekday number 0", "write 1 to 5, or \"last\"");
    }
    return nth;
  }

  private static java.util.Optional<Integer> dayOfMonth(
      Fields fields, String field, JsonNode value) {
    if (value.isString()) {
      return fields.choice(field, value, NAMED_DAYS);
    }
    var day = fields.integer(field, value, -31, 31);
    if (day.isPresent() && day.getAsInt() == 0) {
      fields.refuse(field, "there is no day 0", "write 1 to 31, or \"last\"");
    }
    return day.stream().boxed().findAny();
  }

  private static java.util.Optional<Integer> month(Fields fields, String field, JsonNode value) {
    return value.isString()
        ? fields.choice(field, value, MONTHS)
        : fields.integer(field, value, 1, 12).stream().boxed().findAny();
  }

  private static void checkTogether(
      Fields fields, Frequency frequency, int nth, List<DayOfWeek> days) {
    boolean ofMonth = frequency.compareTo(Frequency.MONTHLY) >= 0;
    if (frequency == Frequency.DAILY && !days.isEmpty()) {
      fields.refuse("days", "does not stand with daily", "use \"frequency\": \"weekly\"");
    }
    for (String name : List.of("nth", "day_of_month", "month_end")) {
      if (!ofMonth && fields.has(name)) {
        fields.refuse(name, "stands only with monthly and yearly", "leave it out");
      }
    }
    if (frequency != Frequency.YEARLY && fields.has("months")) {
      fields.refuse("months", "stands only with yearly", "use \"frequency\": \"yearly\"");
    }
    if (ofMonth && !days.isEmpty() && nth == 0 && !fields.has("nth")) {
      fields.refuse(
          "days", "which of them in the month is not said", "add \"nth\": 1 to 5, or \"last\"");
    }
    if (ofMonth && days.isEmpty() && fields.has("nth")) {
      fields.refuse("nth", "needs the weekday", "add \"days\": [\"fri\"]");
    }
    if (fields.has("day_of_month") && fields.has("days")) {
      fields.refuse("day_of_month", "does not stand with days", "keep one of them");
    }
  }

  static void write(Structured rule, ObjectNode json) {
    write(json, "days", rule.days(), (array, day) -> array.add(shortName(day)));
    if (rule.nth() != 0) {
      json.put("nth", rule.nth());
    }
    if (rule.workingDay() != 0) {
      json.put("day_of_month", rule.workingDay() < 0 ? "last_working" : "first_working");
    } else if (rule.daysOfMonth().equals(List.of(LAST))) {
      json.put("day_of_month", "last");
    } else if (rule.daysOfMonth().size() == 1) {
      json.put("day_of_month", rule.daysOfMonth().get(0));
    } else {
      write(json, "day_of_month", rule.daysOfMonth(), ArrayNode::add);
    }
    write(json, "months", rule.months(), ArrayNode::add);
    write(json, "times", rule.times(), (array, time) -> array.add(time.format(TIME)));
    if (!rule.clamp()) {
      json.put("month_end", "skip");
    }
  }

  private static <T> void write(
      ObjectNode json, String name, List<T> values, BiConsumer<ArrayNode, T> writer) {
    if (!values.isEmpty()) {
      ArrayNode array = json.putArray(name);
      values.forEach(value -> writer.accept(array, value));
    }
  }
}
