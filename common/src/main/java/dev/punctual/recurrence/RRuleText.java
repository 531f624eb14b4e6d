package dev.punctual.recurrence;

import dev.punctual.recurrence.ByParts.NthDay;
import dev.punctual.recurrence.ByParts.Skip;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of an RRULE strictly: what it does not know, or may not stand there, is refused.
 */
final class RRuleText {

  /** What was read; the parts are a placeholder if something was refused. */
  record Read(String text, ByParts parts, @Nullable Integer count, RRule.@Nullable Until until) {}

  static final Map<String, DayOfWeek> DAYS =
      Map.of(
          "MO", DayOfWeek.MONDAY,
          "TU", DayOfWeek.TUESDAY,
          "WE", DayOfWeek.WEDNESDAY,
          "TH", DayOfWeek.THURSDAY,
          "FR", DayOfWeek.FRIDAY,
          "SA", DayOfWeek.SATURDAY,
          "SU", DayOfWeek.SUNDAY);

  private static final Pattern NTH_DAY = Pattern.compile("([+-]?\\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}");
  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

  private final Map<String, String> parts = new LinkedHashMap<>();
  private final Fields fields;

  private RRuleText(Fields fields) {
    this.fields = fields;
  }

  static Read read(String given, Fields fields) {
    return new RRuleText(fields).read(given);
  }

  private Read read(String given) {
    String text = given.strip().toUpperCase(Locale.ROOT);
    text = text.startsWith("RRULE:") ? text.substring(6) : text;
    if (text.length() > RecurrenceRule.MOST_TEXT) {
      refuse("longer than " + RecurrenceRule.MOST_TEXT + " characters", "write a shorter rule");
      return new Read(text, nothing(), null, null);
    }
    split(text.endsWith(";") ? text.substring(0, text.length() - 1) : text);
    Frequency frequency = frequency();
    int interval = single("INTERVAL", 1, RecurrenceRule.MOST_INTERVAL, 1);
    Integer count =
        parts.containsKey("COUNT")
            ? (Integer) single("COUNT", 1, RecurrenceRule.MOST_COUNT, 1)
            : null;
    RRule.Until until = until();
    Skip skip = skip(frequency);
    ByParts read =
        new ByParts(
            frequency,
            interval,
            weekStart(),
            skip,
            numbers("BYMONTH", 1, 12, false),
            numbers("BYWEEKNO", 1, 53, true),
            numbers("BYYEARDAY", 1, 366, true),
            numbers("BYMONTHDAY", 1, 31, true),
            weekdays(),
            numbers("BYHOUR", 0, 23, false),
            numbers("BYMINUTE", 0, 59, false),
            seconds(),
            numbers("BYSETPOS", 1, 366, true),
            List.of(),
            0);
    if (count != null && until != null) {
      refuse("COUNT and UNTIL exclude each other", "keep one of them");
    }
    parts.keySet().forEach(name -> refuse("unknown part " + shown(name), "leave it out"));
    RRuleChecks.check(read, this::refuse);
    return new Read(text, read, count, until);
  }

  private static ByParts nothing() {
    return new ByParts(
        Frequency.DAILY,
        1,
        DayOfWeek.MONDAY,
        Skip.OMIT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  private void refuse(String message, String remedy) {
    fields.refuse("rrule", message, remedy);
  }

  private void split(String text) {
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals <= 0 || equals == part.length() - 1) {
        refuse(shown(part) + " is not NAME=VALUE", "write such as FREQ=WEEKLY;BYDAY=MO,WE");
      } else if (parts.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
        refuse(shown(part.substring(0, equals)) + " comes twice", "join the values with commas");
      }
    }
  }

  private Frequency frequency() {
    String value = parts.remove("FREQ");
    if (value == null) {
      refuse("FREQ is missing", "begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
      return Frequency.DAILY;
    }
    try {
      return Frequency.valueOf(value);
    } catch (IllegalArgumentException e) {
      refuse(
          "FREQ=" + shown(value) + " is not supported",
          "use HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY, with BYMINUTE if needed");
      return Frequency.DAILY;
    }
  }

  private int single(String name, int min, int max, int otherwise) {
    List<Integer> values = numbers(name, min, max, false);
    if (values.size() > 1) {
      refuse(name + " takes one number", "keep one of them");
    }
    return values.isEmpty() ? otherwise : values.get(0);
  }

  private List<Integer> numbers(String name, int min, int max, boolean signed) {
    String value = parts.remove(name);
    List<Integer> numbers = new ArrayList<>();
    if (value != null) {
      for (String item : value.split(",", -1)) {
        int number = NUMBER.matcher(item).matches() ? Integer.parseInt(item) : Integer.MIN_VALUE;
        int size = signed ? Math.abs(number) : number;
        if (size < min || size > max) {
          String range = min + " to " + max + (signed ? ", or negative from the end" : "");
          refuse(name + "=" + shown(item) + " is not a number from " + range, "use " + range);
        } else if (!numbers.contains(number)) {
          numbers.add(number);
        }
      }
    }
    return List.copyOf(numbers);
  }

  private List<Integer> seconds() {
    // 60 is a leap second; who has none takes it as 59 (RFC 5545, 3.3.12).
    List<Integer> seconds =
        numbers("BYSECOND", 0, 60, false).stream().map(s -> Math.min(s, 59)).distinct().toList();
    if (seconds.size() > 1) {
      refuse(
          "BYSECOND takes one number: more than once a minute is not supported",
          "keep one of them, such as BYSECOND=0");
    }
    return seconds;
  }

  private List<NthDay> weekdays() {
    String value = parts.remove("BYDAY");
    List<NthDay> days = new ArrayList<>();
    if (value != null) {
      for (String item : value.split(",", -1)) {
        Matcher matcher = NTH_DAY.matcher(item);
        int nth = 0;
        boolean good = matcher.matches();
        if (good && matcher.group(1) != null) {
          nth = Integer.parseInt(matcher.group(1));
          good = nth != 0 && Math.abs(nth) <= 53;
        }
        DayOfWeek day = good ? DAYS.get(matcher.group(2)) : null;
        if (day == null) {
          refuse("BYDAY=" + shown(item) + " is not a weekday", "write such as MO, 2TU or -1FR");
        } else if (!days.contains(new NthDay(nth, day))) {
          days.add(new NthDay(nth, day));
        }
      }
    }
    return List.copyOf(days);
  }

  private DayOfWeek weekStart() {
    String value = parts.remove("WKST");
    DayOfWeek day = value == null ? DayOfWeek.MONDAY : DAYS.get(value);
    if (day == null) {
      refuse("WKST=" + shown(value == null ? "" : value) + " is not a weekday", "write such as MO");
      return DayOfWeek.MONDAY;
    }
    return day;
  }

  private Skip skip(Frequency frequency) {
    String scale = parts.remove("RSCALE");
    String value = parts.remove("SKIP");
    if (scale != null && !scale.equals("GREGORIAN")) {
      refuse("RSCALE=" + shown(scale) + " is not supported", "use RSCALE=GREGORIAN");
    }
    if (value == null) {
      return Skip.OMIT;
    }
    if (scale == null) {
      refuse("SKIP needs RSCALE", "put RSCALE=GREGORIAN; before it");
    }
    try {
      Skip skip = Skip.valueOf(value);
      // Steps of a week or less make no invalid days.
      return frequency.compareTo(Frequency.MONTHLY) < 0 ? Skip.OMIT : skip;
    } catch (IllegalArgumentException e) {
      refuse("SKIP=" + shown(value) + " is not known", "use OMIT, BACKWARD or FORWARD");
      return Skip.OMIT;
    }
  }

  private RRule.@Nullable Until until() {
    String value = parts.remove("UNTIL");
    if (value == null) {
      return null;
    }
    try {
      if (value.length() == 8) {
        return new RRule.Until(LocalDate.parse(value, DATE).atTime(23, 59, 59), false);
      }
      boolean utc = value.endsWith("Z");
      String[] halves = (utc ? value.substring(0, value.length() - 1) : value).split("T", 2);
      if (halves.length == 2) {
        LocalDate date = LocalDate.parse(halves[0], DATE);
        return new RRule.Until(LocalDateTime.of(date, LocalTime.parse(halves[1], TIME)), utc);
      }
    } catch (DateTimeException e) {
      // Falls through to the refusal.
    }
    refuse("UNTIL=" + shown(value) + " is not a date", "write 20270131 or 20270131T235959Z");
    return null;
  }

  private static String shown(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
