package dev.punctual.localstack;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.recurrenceworker.RecurrenceWorkerApplication;
import dev.punctual.reminderworker.ReminderWorkerApplication;
import dev.punctual.taskservice.TaskServiceApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** One of Punctual's services, as a Spring context of its own in this process. */
record Service(String name, Class<?> application, boolean servesHttp) {

  static List<Service> all() {
    return List.of(
        new Service("task-service", TaskServiceApplication.class, true),
        new Service("recurrence-worker", RecurrenceWorkerApplication.class, false),
        new Service("reminder-worker", ReminderWorkerApplication.class, false));
  }

  ConfigurableApplicationContext start(
      Options options, DataDirectory data, EmbeddedPostgres postgres, EmbeddedKafka kafka)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.config.name=" + name,
                "--spring.datasource.url=" + postgres.jdbcUrl(Servers.DATABASE),
                "--spring.datasource.username=" + EmbeddedPostgres.USER,
                "--spring.datasource.password=" + data.password(),
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--punctual.security.mode=local",
                "--punctual.security.local.key-file=" + data.tokenKey(),
                "--spring.main.banner-mode=off",
                // The stack stops its services itself, before the servers that they need.
                "--spring.main.register-shutdown-hook=false",
                "--spring.lifecycle.timeout-per-shutdown-phase=3s"));
    if (servesHttp) {
      arguments.add("--server.address=127.0.0.1");
      arguments.add("--server.port=" + options.httpPort());
    } else {
      arguments.add("--spring.main.web-application-type=none");
    }
    return new SpringApplicationBuilder(application).run(arguments.toArray(String[]::new));
  }

  /**
   * Returns when the service says that it is healthy.
   *
   * @throws StartFailure after a minute, with what it says instead
   */
  static void awaitHealth(ConfigurableApplicationContext context) {
    HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
    var untilHealthy =
        RetryPolicy.builder()
            .includes(StartFailure.class)
            .maxRetries(Long.MAX_VALUE)
            .delay(Duration.ofMillis(100))
            .timeout(Duration.ofMinutes(1))
            .build();
    new RetryTemplate(untilHealthy)
        .invoke(
            () -> {
              var health = endpoint.health();
              if (!health.getStatus().equals(Status.UP)) {
                throw new StartFailure("its health is " + health.getStatus());
              }
              return health;
            });
  }
}
