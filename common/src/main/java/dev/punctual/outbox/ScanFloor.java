package dev.punctual.outbox;

/**
 * Where the search for waiting events may begin: no event with an id up to the floor waits, nor
 * will one ever appear. Without it, each search steps over every row deleted since the oldest
 * reader in the database began its transaction.
 *
 * <p>Why it is safe: {@link Outbox} has a transaction id before it takes an outbox id. So whoever
 * took an outbox id up to the sequence's value of some moment has a smaller transaction id than one
 * that is assigned after that moment; and once all smaller ones have ended, what is not visible
 * never will be. A reader has no transaction id, so however long it reads, the floor rises.
 *
 * <p>It holds for one table: one that is truncated or restored counts from the beginning.
 */
final class ScanFloor {

  private static final long NONE = -1;

  private long value;
  private long earlierIds;
  private long candidate = NONE;
  private long settledAt;
  private long table;

  /** Only greater ids need to be looked at, as long as the table is {@link #table}. */
  long value() {
    return value;
  }

  /** The table's file, which another takes the place of when it is truncated or restored. */
  long table() {
    return table;
  }

  /**
   * Raises the floor if it may be.
   *
   * @param now read before the search
   * @param oldestFound the smallest id that the search found, {@link Long#MAX_VALUE} without any
   */
  void observe(Horizon now, long oldestFound) {
    if (now.table() != table) {
      value = 0;
      candidate = NONE;
      earlierIds = 0;
      table = now.table();
    } else if (candidate == NONE) {
      candidate = earlierIds;
      settledAt = now.transaction();
    } else if (now.oldestTransaction() >= settledAt && oldestFound > candidate) {
      value = candidate;
      candidate = NONE;
    }
    earlierIds = now.lastOutboxId();
  }

  /**
   * A moment in the database.
   *
   * @param transaction a transaction id assigned then: all assigned before are smaller
   * @param oldestTransaction all transactions with smaller ids have ended
   * @param lastOutboxId nobody took a greater one yet
   * @param table the file of the table
   */
  record Horizon(long transaction, long oldestTransaction, long lastOutboxId, long table) {}
}
