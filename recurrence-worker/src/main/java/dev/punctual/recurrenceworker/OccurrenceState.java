package dev.punctual.recurrenceworker;

import java.util.Locale;

/** What became of an occurrence, as the ledger says it. */
enum OccurrenceState {
  SPAWNED,
  /** The last instance was still open, and the template's overlap says {@code skip}. */
  SKIPPED,
  /** It passed while no worker lived, and the template's catch_up does not make it up. */
  MISSED;

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
