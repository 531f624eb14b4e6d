package dev.punctual.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the relay.
 *
 * @param batchSize at most so many events go into one Kafka transaction, from 1 to 5,000: the
 *     progress record names two batches, and Kafka takes a megabyte
 * @param poll how long the active relay waits for a wake-up before it looks by itself
 */
@ConfigurationProperties("punctual.outbox")
public record OutboxProperties(
    @DefaultValue("1000") int batchSize, @DefaultValue("1s") Duration poll) {

  private static final int LARGEST_BATCH = 5_000;

  public OutboxProperties {
    if (batchSize < 1 || batchSize > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "punctual.outbox.batch-size is %d; it must be from 1 to %d."
              .formatted(batchSize, LARGEST_BATCH));
    }
    if (poll.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(
          "punctual.outbox.poll is %s; it must be at least 1 ms.".formatted(poll));
    }
  }
}
