package dev.punctual.reminderworker;

import dev.punctual.outbox.Outbox;
import dev.punctual.outbox.OutboxConfiguration;
import dev.punctual.timer.TimerEngineConfiguration;
import dev.punctual.timer.Timers;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The reminder worker; its settings are in {@code reminder-worker.properties}. */
@SpringBootApplication(proxyBeanMethods = false)
@Import({OutboxConfiguration.class, TimerEngineConfiguration.class})
public class ReminderWorkerApplication {

  public static void main(String[] args) {
    builder().run(args);
  }

  /** The worker, not yet started, with its own configuration file. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(ReminderWorkerApplication.class)
        .properties("spring.config.name=reminder-worker");
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  ReminderHandler reminderHandler(JdbcClient jdbc, Timers timers, Outbox outbox) {
    return new ReminderHandler(new DueReminders(jdbc), timers, outbox);
  }
}
