package dev.punctual.recurrence;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;

/**
 * The pattern of a rule as RFC 5545 divides it; the structured form is expressed in it as well.
 * Empty lists say nothing. What is left open is taken from the start.
 *
 * @param weekdays days with an ordinal (3FR) or without (ordinal 0)
 * @param times times of day, instead of hours, minutes and seconds
 * @param workingDay 1 only the first Monday to Friday of the days of a month, -1 only the last, 0
 *     all days
 */
record ByParts(
    Frequency frequency,
    int interval,
    DayOfWeek weekStart,
    Skip skip,
    List<Integer> months,
    List<Integer> weeks,
    List<Integer> yearDays,
    List<Integer> monthDays,
    List<NthDay> weekdays,
    List<Integer> hours,
    List<Integer> minutes,
    List<Integer> seconds,
    List<Integer> positions,
    List<LocalTime> times,
    int workingDay) {

  /** What becomes of a day that its month does not have (RFC 7529). */
  enum Skip {
    OMIT,
    BACKWARD,
    FORWARD
  }

  /** The n-th such weekday, from the end if negative; 0 for every one. */
  record NthDay(int nth, DayOfWeek day) {}

  boolean hasOrdinals() {
    return weekdays.stream().anyMatch(day -> day.nth() != 0);
  }

  /** Whether nothing says which days; then the start does. */
  boolean namesNoDay() {
    return yearDays.isEmpty() && monthDays.isEmpty() && weekdays.isEmpty() && workingDay == 0;
  }

  boolean hasClockParts() {
    return !(hours.isEmpty() && minutes.isEmpty() && seconds.isEmpty() && times.isEmpty());
  }

  ByParts onWeekday(DayOfWeek day) {
    return with(months, monthDays, List.of(new NthDay(0, day)));
  }

  ByParts onDays(List<Integer> inMonths, List<Integer> days) {
    return with(inMonths, days, weekdays);
  }

  private ByParts with(List<Integer> newMonths, List<Integer> newDays, List<NthDay> newWeekdays) {
    return new ByParts(
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
}
