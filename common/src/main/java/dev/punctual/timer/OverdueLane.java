package dev.punctual.timer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Drains from the table, oldest first, what is overdue in our slots: after an outage, or because it
 * was set in the past. Several such lanes share the slots out among them, so that they do not meet.
 */
final class OverdueLane {

  /**
   * So many are read at once: reading the oldest means sorting all, so it is not done for each
   * batch.
   */
  private static final int PAGE = 20_000;

  private final Share share;
  private final OverdueTimers overdue;
  private final OwnedSlots slots;
  private final Firing firing;
  private final Queue<Hint> page = new ArrayDeque<>();
  private int firedOfPage;

  /**
   * Which of the owned slots are this lane's: one in {@code of}, beginning with the {@code nth}.
   */
  record Share(int nth, int of) {

    static final Share ALL = new Share(0, 1);
  }

  OverdueLane(Share share, OverdueTimers overdue, OwnedSlots slots, Firing firing) {
    this.share = share;
    this.overdue = overdue;
    this.slots = slots;
    this.firing = firing;
  }

  /**
   * Fires the next batch of our share.
   *
   * @return whether there is more to do at once; not when all that is overdue is held by others
   */
  boolean runOnce() {
    if (page.isEmpty()) {
      firedOfPage = 0;
      page.addAll(
          overdue.oldest(firing.kinds(), slots.owned(share), PunctualLane.OVERDUE_AFTER, PAGE));
    }
    firedOfPage += firing.fire(nextBatch()).fired();
    return !page.isEmpty() || firedOfPage > 0;
  }

  private List<Hint> nextBatch() {
    var batch = new ArrayList<Hint>();
    while (batch.size() < PunctualLane.BATCH && !page.isEmpty()) {
      batch.add(page.remove());
    }
    return batch;
  }
}
