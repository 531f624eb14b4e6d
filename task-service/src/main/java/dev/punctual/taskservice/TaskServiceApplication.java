package dev.punctual.taskservice;

import dev.punctual.outbox.OutboxConfiguration;
import dev.punctual.schema.SchemaCommand;
import dev.punctual.taskservice.events.EventsCommand;
import dev.punctual.timer.TimerConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The task-service as a process. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({OutboxConfiguration.class, TimerConfiguration.class})
public class TaskServiceApplication {

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("schema")) {
      System.exit(SchemaCommand.run(args));
    }
    if (args.length > 0 && args[0].equals("events")) {
      System.exit(EventsCommand.run(args));
    }
    builder().run(args);
  }

  /** The service, not yet started, with its own configuration file. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(TaskServiceApplication.class)
        .properties("spring.config.name=task-service");
  }
}
