package dev.punctual.outbox;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox of a service, and its relay, which stands by in every service's process. */
@Configuration(proxyBeanMethods = false)
public class OutboxConfiguration {

  @Bean
  Outbox outbox(JdbcClient jdbc, InstantSource clock, Wakeup wakeup) {
    return new Outbox(jdbc, clock, wakeup);
  }
}
