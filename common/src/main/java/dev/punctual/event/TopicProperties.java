package dev.punctual.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the topics are named and made.
 *
 * @param prefix stands before every topic's name, so that installations can share a Kafka cluster
 * @param partitions of a topic that is created: a power of two from 1 to 64
 * @param replicationFactor of a topic that is created; -1 takes the broker's default
 * @param retention how long task events and notifications stay
 * @param timersRetention how long the hints on {@code timers} stay; they are stale after two
 *     minutes
 */
@ConfigurationProperties("punctual.topics")
public record TopicProperties(
    @DefaultValue("") String prefix,
    @DefaultValue("8") int partitions,
    @DefaultValue("-1") short replicationFactor,
    @DefaultValue("7d") Duration retention,
    @DefaultValue("1h") Duration timersRetention) {

  /** The topic's name on the broker. */
  public String name(Topic topic) {
    return name(topic.baseName());
  }

  /** The name on the broker of a topic that {@link Topic} does not list. */
  public String name(String baseName) {
    return prefix + baseName;
  }
}
