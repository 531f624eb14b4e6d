package dev.punctual.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the relay.
 *
 * @param relay whether this process stands by to be the relay
 * @param batchSize at most so many events go into one Kafka transaction
 * @param poll how long the active relay waits for a wake-up before it looks by itself
 */
@ConfigurationProperties("punctual.outbox")
public record OutboxProperties(
    @DefaultValue("true") boolean relay,
    @DefaultValue("1000") int batchSize,
    @DefaultValue("1s") Duration poll) {}
