package dev.punctual.recurrence;

import java.util.List;

/**
 * The days that a cron expression means.
 *
 * @param months bits 1 to 12
 * @param days days of the month, bit 0 the 1st; 0 if only {@code last} or {@code nearest} speak
 * @param last days before the end of the month: L is 0, L-3 is 3
 * @param nearest days of the month whose nearest weekday is meant (15W); 0 for the last (LW)
 * @param weekdays bit 0 is Monday
 * @param nthWeekdays numbered weekdays; -1 the last of the month
 * @param either whether a day may match by its number or by its weekday; else it must by both
 */
record CronDays(
    int months,
    int days,
    List<Integer> last,
    List<Integer> nearest,
    int weekdays,
    List<ByParts.NthDay> nthWeekdays,
    boolean either)
    implements DayBits {

  @Override
  public int of(int year, int month) {
    if ((months & 1 << month) == 0) {
      return 0;
    }
    int length = DayBits.lengthOfMonth(year, month);
    int first = DayBits.weekdayOf(DayBits.firstOf(year, month));
    int byNumber = days;
    for (int before : last) {
      byNumber |= before < length ? 1 << (length - 1 - before) : 0;
    }
    for (int day : nearest) {
      byNumber |= nearest(day == 0 ? length : day, first, length);
    }
    int byWeekday = DayBits.onWeekdays(weekdays, first, length);
    for (ByParts.NthDay nth : nthWeekdays) {
      byWeekday |= RuleDays.nthOfMonth(nth, first, length);
    }
    return (either ? byNumber | byWeekday : byNumber & byWeekday) & DayBits.all(length);
  }

  /** Monday to Friday, nearest to the day, and never in another month. */
  private static int nearest(int day, int first, int length) {
    if (day > length) {
      return 0;
    }
    int near =
        switch ((first + day - 1) % 7) {
          case 5 -> day == 1 ? 3 : day - 1;
          case 6 -> day == length ? day - 2 : day + 1;
          default -> day;
        };
    return 1 << (near - 1);
  }
}
