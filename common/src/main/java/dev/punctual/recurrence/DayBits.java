package dev.punctual.recurrence;

/** The days of a month that a pattern means, as bits. */
interface DayBits {

  /** Stands for the first day of the next month (a day that was skipped forward). */
  int NEXT_MONTH = 1 << 31;

  /** Bit 0 is the 1st; {@link #NEXT_MONTH} may be set beside it. */
  int of(int year, int month);

  static int lengthOfMonth(int year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** All days of a month of that length. */
  static int all(int length) {
    return -1 >>> (32 - length);
  }

  /** The day number, since 1970-01-01, of the 1st. */
  static long firstOf(int year, int month) {
    // Years that start in March make the leap day the last; see java.time.LocalDate.toEpochDay.
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
  }

  /** 0 is Monday. */
  static int weekdayOf(long epochDay) {
    return (int) Math.floorMod(epochDay + 3, 7L);
  }

  /**
   * Every day that falls on one of the weekdays (bit 0 is Monday), given the weekday of the 1st.
   */
  static int onWeekdays(int weekdays, int weekdayOfFirst, int length) {
    int rotated = (weekdays >>> weekdayOfFirst | weekdays << (7 - weekdayOfFirst)) & 0x7f;
    // Bits 0, 7, 14, 21 and 28: the week, repeated.
    return (rotated * 0x10204081) & all(length);
  }
}
