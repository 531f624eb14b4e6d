package dev.punctual.outbox;

import dev.punctual.event.TopicProperties;
import dev.punctual.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The outbox of a service, its topics, and its relay, which stands by in every service's process.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({OutboxProperties.class, TopicProperties.class})
public class OutboxConfiguration {

  @Bean
  LocalWakeup outboxWakeup() {
    return new LocalWakeup();
  }

  @Bean
  Outbox outbox(JdbcClient jdbc, InstantSource clock, Wakeup wakeup) {
    return new Outbox(jdbc, clock, wakeup);
  }

  @Bean
  Topics topics(KafkaProperties kafka, TopicProperties properties) {
    return new Topics(kafka.buildAdminProperties(), properties);
  }

  @Bean
  RelayState relayState() {
    return new RelayState();
  }

  /** Is the group {@code publishing}, and part of no probe. */
  @Bean
  HealthIndicator relayHealthIndicator(RelayState state) {
    return RelayHealth.of(state);
  }

  @Bean
  RelayMetrics relayMetrics(JdbcClient jdbc, RelayState state, InstantSource clock) {
    return new RelayMetrics(new OutboxBacklog(jdbc), state, clock);
  }

  /** Unless {@code punctual.outbox.relay} is false: then this process leaves it to others. */
  @Bean
  @ConditionalOnProperty(name = "punctual.outbox.relay", matchIfMissing = true)
  Relay outboxRelay(
      JdbcConnectionDetails database,
      KafkaProperties kafka,
      TopicProperties topicNames,
      Topics topics,
      LocalWakeup wakeup,
      ObjectProvider<RelayObserver> observers,
      RelayState state,
      OutboxProperties properties) {
    var publishers =
        new PublisherFactory(
            kafka.buildProducerProperties(), kafka.buildConsumerProperties(), topicNames, topics);
    var all = new AllObservers(observers.stream().toList());
    return new Relay(unpooled(database), publishers, wakeup, all, state, properties);
  }

  private record AllObservers(List<RelayObserver> observers) implements RelayObserver {

    @Override
    public void reached(Step step, List<Instant> appended) {
      observers.forEach(observer -> observer.reached(step, appended));
    }

    @Override
    public void searched(Duration took) {
      observers.forEach(observer -> observer.searched(took));
    }
  }

  /**
   * The relay's sessions are not the pool's: they hold a lock, and no load of requests may starve
   * them.
   */
  private static DataSource unpooled(JdbcConnectionDetails database) {
    var dataSource = new DriverManagerDataSource(database.getJdbcUrl());
    var properties = new Properties();
    Optional.ofNullable(database.getUsername())
        .ifPresent(user -> properties.setProperty("user", user));
    Optional.ofNullable(database.getPassword())
        .ifPresent(password -> properties.setProperty("password", password));
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "10");
    dataSource.setConnectionProperties(properties);
    return dataSource;
  }
}
