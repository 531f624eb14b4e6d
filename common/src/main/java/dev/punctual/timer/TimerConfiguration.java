package dev.punctual.timer;

import dev.punctual.outbox.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** For a service that sets and cancels timers. */
@Configuration(proxyBeanMethods = false)
public class TimerConfiguration {

  @Bean
  Timers timers(JdbcClient jdbc, Outbox outbox) {
    return new Timers(jdbc, outbox);
  }
}
