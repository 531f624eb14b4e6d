package dev.punctual.recurrenceworker;

/** What happens when the last instance is still open. */
enum Overlap {
  ALLOW,
  /** The occurrence is passed over. */
  SKIP
}
