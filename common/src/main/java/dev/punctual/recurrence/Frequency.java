package dev.punctual.recurrence;

/** The period that a rule steps by. */
enum Frequency {
  HOURLY,
  DAILY,
  WEEKLY,
  MONTHLY,
  YEARLY
}
