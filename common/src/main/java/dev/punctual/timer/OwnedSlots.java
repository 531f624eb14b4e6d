package dev.punctual.timer;

import dev.punctual.id.Slot;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The slots whose timers this process is to fire. Ownership spreads the work and nothing else: a
 * timer that two processes try to fire is claimed by one.
 */
final class OwnedSlots {

  /** Every slot, owned or not. */
  static final Short[] ALL = of(Set.of(0), 1);

  private final Set<Integer> partitions = new TreeSet<>();
  private int partitionCount = 1;

  synchronized void assigned(Collection<Integer> added, int partitionsOfTheTopic) {
    partitionCount = partitionsOfTheTopic;
    partitions.addAll(added);
  }

  synchronized void revoked(Collection<Integer> removed) {
    partitions.removeAll(removed);
  }

  synchronized boolean owns(String id) {
    return partitions.contains(Slot.of(id) % partitionCount);
  }

  /** The slots, for a parameter of type {@code smallint[]}. */
  synchronized Short[] current() {
    return of(partitions, partitionCount);
  }

  /** One in so many of the slots, beginning with the nth. */
  Short[] current(int nth, int of) {
    var all = current();
    return IntStream.range(0, all.length)
        .filter(i -> i % of == nth)
        .mapToObj(i -> all[i])
        .toArray(Short[]::new);
  }

  private static Short[] of(Set<Integer> partitions, int partitionCount) {
    return IntStream.range(0, Slot.COUNT)
        .filter(slot -> partitions.contains(slot % partitionCount))
        .mapToObj(slot -> (short) slot)
        .toArray(Short[]::new);
  }
}
