package dev.punctual.timer;

import dev.punctual.consumer.EventConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the topics of hints, and learns from its consumer group which slots are ours. It
 * begins at the end of each partition and commits no offsets: what was announced before is in the
 * table, and the load that follows the assignment finds it there.
 */
final class HintListener {

  private static final Logger log = LoggerFactory.getLogger(HintListener.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** What a process goes on firing after its slots went to another one, which has to load first. */
  static final Duration HANDOVER = Duration.ofSeconds(5);

  private final HintTopics topics;
  private final Set<TimerKind> kinds;
  private final EventConsumer member;
  private final NearWindow window;
  private final OwnedSlots slots;
  private final DatabaseClock clock;
  private final Runnable load;
  private volatile boolean inGroup;

  HintListener(
      HintTopics topics,
      Set<TimerKind> kinds,
      NearWindow window,
      OwnedSlots slots,
      DatabaseClock clock,
      Runnable load) {
    this.topics = topics;
    this.kinds = kinds;
    var hints = new Hints(kinds, clock);
    this.member =
        topics.member(
            this::join, hints.types(), event -> hints.read(event).ifPresent(window::offer));
    this.window = window;
    this.slots = slots;
    this.clock = clock;
    this.load = load;
  }

  /** One poll; joins the group first, if this process is not in it. */
  void runOnce(Loop loop) {
    member.runOnce(POLL);
    if (loop.isStopping()) {
      member.close();
    }
  }

  private Consumer<byte[], byte[]> join() {
    inGroup = false;
    var joined = topics.newConsumer();
    joined.subscribe(topics.names(kinds), new Ownership(joined));
    return joined;
  }

  /**
   * Makes the poll that runs the last one, and the group give our slots to others.
   *
   * @return false if there is no group to leave yet: it waits for Kafka
   */
  boolean leave() {
    return member.leave();
  }

  /** Whether the group has given us our share, which may be none. */
  boolean isInGroup() {
    return inGroup && member.isInGroup();
  }

  private final class Ownership implements ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> joined;

    Ownership(Consumer<byte[], byte[]> joined) {
      this.joined = joined;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      inGroup = true;
      if (partitions.isEmpty()) {
        return;
      }
      // Positions first, then the load: whatever is committed after the positions comes as a hint.
      joined.seekToEnd(partitions);
      partitions.forEach(joined::position);
      slots.assigned(ofTimers(partitions), joined.partitionsFor(topics.timers()).size());
      log.info("Owns the timers of {} slots now (+ {}).", slots.current().length, partitions);
      load.run();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      slots.revoked(ofTimers(partitions));
      if (clock.isKnown()) {
        var kept = clock.now().plus(HANDOVER);
        window.keep(hint -> !hint.tryAt().isAfter(kept) || slots.owns(hint.id()));
      }
      log.info("Owns the timers of {} slots now (- {}).", slots.current().length, partitions);
    }

    /**
     * Kafka may be away, and nobody else have them: what is in the window is fired all the same.
     */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      slots.revoked(ofTimers(partitions));
      log.warn("Lost the ownership of {}; goes on firing what is in memory.", partitions);
    }

    private List<Integer> ofTimers(Collection<TopicPartition> partitions) {
      return partitions.stream()
          .filter(partition -> partition.topic().equals(topics.timers()))
          .map(TopicPartition::partition)
          .toList();
    }
  }
}
