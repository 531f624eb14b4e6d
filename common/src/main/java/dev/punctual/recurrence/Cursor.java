package dev.punctual.recurrence;

/** Walks local date-times in strictly increasing order, as seconds of the local time line. */
interface Cursor {

  /** There are no more. */
  long END = Long.MAX_VALUE;

  long DAY = 86_400;

  /** No local date-time lies beyond the year 9999. */
  long LAST = 253_402_300_799L;

  /** How far a search goes without a result: 100 years hold every calendar pattern, and 2100. */
  int HORIZON_DAYS = 36_525;

  long next();
}
