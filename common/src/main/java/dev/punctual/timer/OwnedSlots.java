package dev.punctual.timer;

import dev.punctual.id.Slot;
import dev.punctual.timer.OverdueLane.Share;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The slots whose timers this process is to fire. Ownership spreads the work and nothing else: a
 * timer that two processes try to fire is claimed by one.
 */
final class OwnedSlots {

  private final Set<Integer> partitions = new TreeSet<>();
  private int partitionCount = 1;

  synchronized void assigned(Collection<Integer> added, int partitionsOfTheTopic) {
    partitionCount = partitionsOfTheTopic;
    partitions.addAll(added);
  }

  synchronized void revoked(Collection<Integer> removed) {
    partitions.removeAll(removed);
  }

  boolean owns(String id) {
    return owns(Slot.of(id));
  }

  private synchronized boolean owns(int slot) {
    return partitions.contains(slot % partitionCount);
  }

  /** The slots, for a parameter of type {@code smallint[]}. */
  Short[] owned() {
    return slots(this::owns);
  }

  /** A share of the slots. */
  Short[] owned(Share share) {
    var all = owned();
    return IntStream.range(0, all.length)
        .filter(i -> i % share.of() == share.nth())
        .mapToObj(i -> all[i])
        .toArray(Short[]::new);
  }

  /** The slots that are not ours. */
  Short[] foreign() {
    return slots(slot -> !owns(slot));
  }

  private synchronized Short[] slots(IntPredicate wanted) {
    return IntStream.range(0, Slot.COUNT)
        .filter(wanted)
        .mapToObj(slot -> (short) slot)
        .toArray(Short[]::new);
  }
}
