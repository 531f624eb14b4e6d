package dev.punctual.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule that is evaluated day by day with nothing but {@code java.time}: slow, and near enough to
 * the words of RFC 5545 and RFC 7529 to be compared with them. Shares no code with the real one.
 */
record SlowRule(
    String frequency,
    int interval,
    DayOfWeek weekStart,
    String skip,
    List<Integer> months,
    List<Integer> weeks,
    List<Integer> yearDays,
    List<Integer> monthDays,
    List<Day> weekdays,
    List<Integer> hours,
    List<Integer> minutes,
    List<Integer> seconds,
    List<Integer> positions,
    List<LocalTime> times,
    int workingDay) {

  record Day(int nth, DayOfWeek day) {
    @Override
    public String toString() {
      return (nth == 0 ? "" : "" + nth) + day.name().substring(0, 2);
    }
  }

  /** All local date-times from the start to the end of a day. */
  List<LocalDateTime> until(LocalDate end, LocalDateTime start) {
    SlowRule rule = completed(start);
    Map<Comparable<?>, TreeSet<LocalDateTime>> byPeriod = new TreeMap<>();
    // A period may begin before the start and end after the end, and its positions count all of it.
    int margin = frequency.equals("YEARLY") ? 375 : 32;
    LocalDate last = end.plusDays(margin);
    List<LocalTime> clock = rule.times(start);
    long first = rule.period(start);
    for (LocalDate day = start.toLocalDate().minusDays(margin);
        !day.isAfter(last);
        day = day.plusDays(1)) {
      for (LocalDate named : rule.namesFor(day)) {
        for (LocalTime time : clock) {
          long period = rule.period(named.atTime(time)) - first;
          if (Math.floorMod(period, (long) interval) == 0) {
            byPeriod.computeIfAbsent(period, p -> new TreeSet<>()).add(day.atTime(time));
          }
        }
      }
    }
    return byPeriod.values().stream()
        .flatMap(period -> rule.chosen(List.copyOf(period)).stream())
        .filter(time -> !time.isBefore(start) && !time.toLocalDate().isAfter(end))
        .sorted()
        .distinct()
        .toList();
  }

  /** What the rule leaves open comes from the start. */
  private SlowRule completed(LocalDateTime start) {
    if (!(yearDays.isEmpty() && monthDays.isEmpty() && weekdays.isEmpty() && workingDay == 0)) {
      return this;
    }
    List<Day> weekday = List.of(new Day(0, start.getDayOfWeek()));
    List<Integer> dayOfMonth = List.of(start.getDayOfMonth());
    return switch (frequency) {
      case "WEEKLY" -> with(months, monthDays, weekday);
      case "MONTHLY" -> with(months, dayOfMonth, weekdays);
      case "YEARLY" ->
          !weeks.isEmpty()
              ? with(months, monthDays, weekday)
              : with(
                  months.isEmpty() ? List.of(start.getMonthValue()) : months, dayOfMonth, weekdays);
      default -> this;
    };
  }

  private SlowRule with(List<Integer> newMonths, List<Integer> newDays, List<Day> newWeekdays) {
    return new SlowRule(
        frequency,
        interval,
        weekStart,
        skip,
        newMonths,
        weeks,
        yearDays,
        newDays,
        newWeekdays,
        hours,
        minutes,
        seconds,
        positions,
        times,
        workingDay);
  }

  /** The days that the rule names and that this day is, or stands in for; by their period. */
  private List<LocalDate> namesFor(LocalDate day) {
    List<LocalDate> names = new ArrayList<>();
    if (!isOnWeekday(day) || !isWorkingDay(day)) {
      return names;
    }
    if (inMonths(day) && inWeeks(day) && (inMonthDays(day) && inYearDays(day))) {
      names.add(day);
    }
    LocalDate eve = day.minusDays(1);
    if (skip.equals("FORWARD")
        && day.getDayOfMonth() == 1
        && inMonths(eve)
        && monthDays.stream().anyMatch(d -> d > eve.lengthOfMonth())) {
      names.add(eve);
    }
    return names;
  }

  private boolean inMonths(LocalDate day) {
    return months.isEmpty() || months.contains(day.getMonthValue());
  }

  private boolean inWeeks(LocalDate day) {
    if (weeks.isEmpty()) {
      return true;
    }
    WeekFields fields = WeekFields.of(weekStart, 4);
    int count = (int) day.range(fields.weekOfWeekBasedYear()).getMaximum();
    int week = day.get(fields.weekOfWeekBasedYear());
    return weeks.contains(week) || weeks.contains(week - count - 1);
  }

  private boolean inMonthDays(LocalDate day) {
    int length = day.lengthOfMonth();
    return monthDays.isEmpty()
        || monthDays.contains(day.getDayOfMonth())
        || monthDays.contains(day.getDayOfMonth() - length - 1)
        || (skip.equals("BACKWARD")
            && day.getDayOfMonth() == length
            && monthDays.stream().anyMatch(d -> d > length));
  }

  private boolean inYearDays(LocalDate day) {
    return yearDays.isEmpty()
        || yearDays.contains(day.getDayOfYear())
        || yearDays.contains(day.getDayOfYear() - day.lengthOfYear() - 1);
  }

  private boolean isOnWeekday(LocalDate day) {
    boolean ofYear = frequency.equals("YEARLY") && months.isEmpty();
    int number = ofYear ? day.getDayOfYear() : day.getDayOfMonth();
    int length = ofYear ? day.lengthOfYear() : day.lengthOfMonth();
    int fromStart = (number - 1) / 7 + 1;
    int fromEnd = -((length - number) / 7 + 1);
    return weekdays.isEmpty()
        || weekdays.stream()
            .filter(weekday -> weekday.day() == day.getDayOfWeek())
            .anyMatch(w -> w.nth() == 0 || w.nth() == fromStart || w.nth() == fromEnd);
  }

  /** The first or the last Monday to Friday of its month, if that is what the rule names. */
  private boolean isWorkingDay(LocalDate day) {
    if (workingDay == 0) {
      return true;
    }
    LocalDate working = day.withDayOfMonth(workingDay > 0 ? 1 : day.lengthOfMonth());
    while (working.getDayOfWeek().getValue() > 5) {
      working = working.plusDays(workingDay);
    }
    return working.equals(day);
  }

  private long period(LocalDateTime time) {
    LocalDate day = time.toLocalDate();
    return switch (frequency) {
      case "HOURLY" -> ChronoUnit.HOURS.between(LocalDate.EPOCH.atStartOfDay(), time);
      case "DAILY" -> day.toEpochDay();
      case "WEEKLY" -> day.with(TemporalAdjusters.previousOrSame(weekStart)).toEpochDay() / 7;
      case "MONTHLY" -> ChronoUnit.MONTHS.between(YearMonth.of(0, 1), YearMonth.from(day));
      default ->
          weeks.isEmpty() ? day.getYear() : day.get(WeekFields.of(weekStart, 4).weekBasedYear());
    };
  }

  private List<LocalTime> times(LocalDateTime start) {
    if (!times.isEmpty()) {
      return times;
    }
    List<Integer> everyHour = java.util.stream.IntStream.range(0, 24).boxed().toList();
    List<Integer> ownHours = frequency.equals("HOURLY") ? everyHour : List.of(start.getHour());
    int second = seconds.isEmpty() ? start.getSecond() : seconds.get(0);
    List<LocalTime> clock = new ArrayList<>();
    for (int hour : hours.isEmpty() ? ownHours : hours) {
      for (int minute : minutes.isEmpty() ? List.of(start.getMinute()) : minutes) {
        clock.add(LocalTime.of(hour, minute, second));
      }
    }
    return clock;
  }

  private List<LocalDateTime> chosen(List<LocalDateTime> period) {
    if (positions.isEmpty()) {
      return period;
    }
    return positions.stream()
        .map(nth -> nth > 0 ? nth - 1 : period.size() + nth)
        .filter(place -> place >= 0 && place < period.size())
        .map(period::get)
        .toList();
  }

  /** As RFC 5545 writes it. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (!skip.equals("OMIT")) {
      text.append("RSCALE=GREGORIAN;SKIP=").append(skip).append(';');
    }
    text.append("FREQ=").append(frequency);
    text.append(interval == 1 ? "" : ";INTERVAL=" + interval);
    text.append(weekStart == DayOfWeek.MONDAY ? "" : ";WKST=" + weekStart.name().substring(0, 2));
    append(text, "BYMONTH", months);
    append(text, "BYWEEKNO", weeks);
    append(text, "BYYEARDAY", yearDays);
    append(text, "BYMONTHDAY", monthDays);
    append(text, "BYDAY", weekdays);
    append(text, "BYHOUR", hours);
    append(text, "BYMINUTE", minutes);
    append(text, "BYSECOND", seconds);
    append(text, "BYSETPOS", positions);
    return text.toString();
  }

  /** As the structured form writes it. */
  List<String> fields() {
    List<String> fields = new ArrayList<>();
    fields.add("'frequency': '" + frequency.toLowerCase(Locale.ROOT) + "'");
    fields.add("'interval': " + interval);
    add(fields, "days", weekdays.stream().map(d -> quoted(d.day().name().substring(0, 3))));
    weekdays.stream()
        .filter(d -> d.nth() != 0)
        .limit(1)
        .forEach(d -> fields.add("'nth': " + d.nth()));
    add(fields, "day_of_month", monthDays.stream());
    if (workingDay != 0) {
      fields.add("'day_of_month': '" + (workingDay > 0 ? "first_working'" : "last_working'"));
    }
    add(fields, "months", months.stream());
    add(fields, "times", times.stream().map(SlowRule::quoted));
    if (skip.equals("OMIT") && (frequency.equals("MONTHLY") || frequency.equals("YEARLY"))) {
      fields.add("'month_end': 'skip'");
    }
    return fields;
  }

  /** A structured rule of years that names no months means the start's. */
  SlowRule inMonthOf(LocalDateTime start) {
    return frequency.equals("YEARLY") && months.isEmpty()
        ? with(List.of(start.getMonthValue()), monthDays, weekdays)
        : this;
  }

  private static String quoted(Object value) {
    return "'" + value.toString().toLowerCase(Locale.ROOT) + "'";
  }

  private static void add(List<String> fields, String name, Stream<?> values) {
    List<String> texts = values.map(Object::toString).toList();
    if (!texts.isEmpty()) {
      fields.add("'" + name + "': [" + String.join(", ", texts) + "]");
    }
  }

  private static void append(StringBuilder text, String name, List<?> values) {
    if (!values.isEmpty()) {
      text.append(';').append(name).append('=');
      text.append(values.stream().map(Object::toString).collect(Collectors.joining(",")));
    }
  }
}
