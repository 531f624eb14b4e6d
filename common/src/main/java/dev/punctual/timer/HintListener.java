package dev.punctual.timer;

import dev.punctual.consumer.EventConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
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
  private static final String HEARTBEAT_AGE = "last-heartbeat-seconds-ago";

  private final HintTopics topics;
  private final Set<TimerKind> kinds;
  private final EventConsumer member;
  private final NearWindow window;
  private final OwnedSlots slots;
  private final DatabaseClock clock;
  private final TimerProperties properties;
  private final Runnable load;
  private volatile boolean inGroup;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  HintListener(
      HintTopics topics,
      Set<TimerKind> kinds,
      NearWindow window,
      OwnedSlots slots,
      DatabaseClock clock,
      FiringObserver observer,
      TimerProperties properties,
      Runnable load) {
    this.topics = topics;
    this.kinds = kinds;
    var hints = new Hints(kinds, clock, observer);
    this.member =
        topics.member(
            this::join, hints.types(), event -> hints.read(event).ifPresent(window::offer));
    this.window = window;
    this.slots = slots;
    this.clock = clock;
    this.properties = properties;
    this.load = load;
  }

  /**
   * One poll; joins the group first, if this process is not in it. Who does not hear the database
   * leaves the group: others can fire its timers on time.
   */
  void runOnce(Loop loop) throws InterruptedException {
    if (hearsDatabase()) {
      member.runOnce(POLL);
    } else {
      giveUpSlots();
      loop.awaitWakeUp(POLL);
    }
    if (loop.isStopping()) {
      member.close();
    }
  }

  /** Whether the database has answered lately. */
  boolean hearsDatabase() {
    return clock.silence().compareTo(properties.silence()) < 0;
  }

  private void giveUpSlots() {
    if (member.isInGroup()) {
      log.warn(
          "Leaves the timers to other processes: the database has not answered for {}.",
          clock.silence());
      member.close();
    }
  }

  private Consumer<byte[], byte[]> join() {
    inGroup = false;
    var joined = topics.newConsumer();
    joined.subscribe(topics.names(kinds), new Ownership(joined));
    consumer = joined;
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

  /**
   * Whether the group has given us our share, which may be none, and its coordinator has been
   * reached lately: otherwise it may have given our slots to others.
   */
  boolean isInGroup() {
    return inGroup && member.isInGroup() && reachesCoordinator(consumer);
  }

  private boolean reachesCoordinator(@Nullable Consumer<byte[], byte[]> joined) {
    // A poll does not fail without Kafka; but heartbeats are not sent to a coordinator that is
    // gone.
    return joined != null
        && joined.metrics().entrySet().stream()
            .filter(metric -> metric.getKey().name().equals(HEARTBEAT_AGE))
            .map(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
            // Negative before the first one.
            .anyMatch(seconds -> seconds >= 0 && seconds < properties.silence().toSeconds());
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
      log.info("Owns the timers of {} slots now (+ {}).", slots.owned().length, partitions);
      load.run();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      slots.revoked(ofTimers(partitions));
      if (clock.isKnown()) {
        var kept = clock.now().plus(properties.handover());
        window.keep(hint -> !hint.tryAt().isAfter(kept) || slots.owns(hint.id()));
      }
      log.info("Owns the timers of {} slots now (- {}).", slots.owned().length, partitions);
    }

    /**
     * Kafka may be away, and nobody else have them: what is in the window is fired all the same.
     */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      inGroup = false;
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
