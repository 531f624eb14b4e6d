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
 */
final class ScanFloor {

  private static final long NONE = -1;

  private long value;
  private long earlierIds;
  private long candidate = NONE;
  private long settledAt;

  /** Only greater ids need to be looked at. */
  long value() {
    return value;
  }

  /**
   * Raises the floor if it may be.
   *
   * @param now read before the search
   * @param oldestFound the smallest id that the search found, {@link Long#MAX_VALUE} without any
   */
  void observe(Horizon now, long oldestFound) {
    if (candidate == NONE) {
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
   */
  record Horizon(long transaction, long oldestTransaction, long lastOutboxId) {}
}
