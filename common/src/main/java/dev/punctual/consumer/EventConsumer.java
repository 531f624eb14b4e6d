package dev.punctual.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A member of a consumer group that reads what is published, batch by batch, on one thread.
 *
 * <p>What is poison goes to the dead letters at once, if this member reads it: not what is
 * published between its leaving the group and where its listener begins again. Anything else that
 * fails (Kafka or the database is away) ends the membership and is thrown; the caller pauses and
 * calls again, for as long as it takes. It is counted in {@code punctual.consumer.interruptions}.
 * Offsets are not committed: where to begin, when partitions come, is the rebalance listener's to
 * decide.
 */
public final class EventConsumer {

  private final Supplier<Consumer<byte[], byte[]>> join;
  private final EventReader reader;
  private final Handler handler;
  private final DeadLetters deadLetters;
  private final Counter interruptions;
  private final List<DeadLetters.Letter> unsent = new ArrayList<>();
  private volatile @Nullable Consumer<byte[], byte[]> member;
  private volatile boolean leaving;

  /** What is done with an event. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Called on the thread that polls.
     *
     * @throws UnreadableRecord if the event cannot be handled, however often it is tried
     */
    void handle(Received received);
  }

  /**
   * @param join makes a consumer that is subscribed
   */
  public EventConsumer(
      String group,
      Supplier<Consumer<byte[], byte[]>> join,
      EventReader reader,
      Handler handler,
      DeadLetters deadLetters,
      MeterRegistry meters) {
    this.join = join;
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.reader = reader;
    interruptions = meters.counter("punctual.consumer.interruptions", "group", group);
  }

  /** One poll and what comes of it; joins the group first, if this process is not in it. */
  public void runOnce(Duration poll) {
    try {
      sendDeadLetters();
      var joined = member;
      if (joined == null) {
        joined = join.get();
        member = joined;
      }
      if (!leaving) {
        joined.poll(poll).forEach(this::take);
        sendDeadLetters();
      }
    } catch (WakeupException e) {
      leaving = true;
    } catch (RuntimeException e) {
      interruptions.increment();
      close();
      throw e;
    }
    if (leaving) {
      close();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      reader.read(record).ifPresent(handler::handle);
    } catch (UnreadableRecord e) {
      unsent.add(new DeadLetters.Letter(record, e));
    }
  }

  /** They are kept until Kafka has them. */
  private void sendDeadLetters() {
    deadLetters.send(unsent);
    unsent.clear();
  }

  /**
   * From any thread: ends the poll that runs, and leaves the group for good.
   *
   * @return false if it has no consumer to leave with: it waits for Kafka, or has left
   */
  public boolean leave() {
    leaving = true;
    var joined = member;
    if (joined != null) {
      joined.wakeup();
    }
    return joined != null;
  }

  public boolean isInGroup() {
    return member != null;
  }

  /** On the thread that polls: leaves the group; the next call of {@link #runOnce} joins again. */
  public void close() {
    var joined = member;
    member = null;
    if (joined != null) {
      joined.close();
    }
  }
}
