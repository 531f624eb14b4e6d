package dev.punctual.reminderworker;

import dev.punctual.outbox.Outbox;
import dev.punctual.outbox.OutboxConfiguration;
import dev.punctual.timer.TimerEngineConfiguration;
import dev.punctual.timer.Timers;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The reminder worker; its settings are in {@code reminder-worker.properties}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({OutboxConfiguration.class, TimerEngineConfiguration.class})
public class ReminderWorkerApplication {

  public static void main(String[] args) {
    application().run(args);
  }

  /** The application, to be run with whatever arguments. */
  public static SpringApplication application() {
    return new SpringApplicationBuilder(ReminderWorkerApplication.class)
        .properties("spring.config.name=reminder-worker")
        .application();
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  ReminderHandler reminderHandler(
      JdbcClient jdbc, InstantSource clock, Timers timers, Outbox outbox) {
    return new ReminderHandler(new DueReminders(jdbc, clock), timers, outbox);
  }
}
