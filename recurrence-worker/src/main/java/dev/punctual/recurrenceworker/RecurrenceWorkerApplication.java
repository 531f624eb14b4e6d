package dev.punctual.recurrenceworker;

import dev.punctual.outbox.OutboxConfiguration;
import dev.punctual.timer.TimerEngineConfiguration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The recurrence-worker as a process; its settings are in {@code recurrence-worker.properties}. */
@SpringBootApplication(proxyBeanMethods = false)
@Import({OutboxConfiguration.class, TimerEngineConfiguration.class})
@EnableConfigurationProperties(CatchUpLimits.class)
public class RecurrenceWorkerApplication {

  public static void main(String[] args) {
    builder().run(args);
  }

  /** The worker, not yet started, with its own configuration file. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(RecurrenceWorkerApplication.class)
        .properties("spring.config.name=recurrence-worker");
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }
}
