package dev.punctual.localstack;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.embedded.EmbeddedPostgres;
import dev.punctual.localstack.Shutdown.Stage;
import dev.punctual.schema.SchemaException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** PostgreSQL, Kafka and the services in one process: what {@code ./run} starts. */
final class LocalStack {
  private final Options options;
  private final DataDirectory data;
  private final Progress progress = new Progress(System.out);
  private final Shutdown shutdown = new Shutdown();

  private LocalStack(Options options, DataDirectory data) {
    this.options = options;
    this.data = data;
  }

  /**
   * Starts the stack and returns when it is ready; from then on only a signal ends the process.
   *
   * @throws StartFailure with one line for the person at the terminal
   */
  static void start(Options options) throws IOException, InterruptedException {
    DataDirectory data = DataDirectory.take(options.data(), options.fresh());
    Logging.ofStack(data.log());
    data.stopOrphan();
    Servers.requirePorts(options);
    data.prepare(options.fresh());
    new LocalStack(options, data).start();
    new CountDownLatch(1).await();
  }

  /** Everything starts at once; the services wait for the servers. Returns when all is healthy. */
  private void start() throws IOException, InterruptedException {
    progress.starting(data);
    String password = data.password();
    var postgres =
        start(
            Stage.SERVERS,
            "PostgreSQL",
            () -> Servers.startPostgres(data, options.postgresPort(), password));
    var kafka = start(Stage.SERVERS, "Kafka", () -> Servers.startKafka(data, options.kafkaPort()));
    var services =
        Service.all().stream()
            .map(
                service ->
                    start(Stage.SERVICES, service.name(), () -> run(service, postgres, kafka)))
            .toList();
    await("PostgreSQL", postgres);
    await("Kafka", kafka);
    for (int i = 0; i < services.size(); i++) {
      await(Service.all().get(i).name(), services.get(i));
    }
    progress.allReady(options, data, password);
  }

  private ConfigurableApplicationContext run(
      Service service,
      CompletableFuture<EmbeddedPostgres> postgres,
      CompletableFuture<EmbeddedKafka> kafka)
      throws Exception {
    var context = service.start(options, data, postgres.get(), kafka.get());
    Service.awaitHealth(context);
    return context;
  }

  private <T extends AutoCloseable> CompletableFuture<T> start(
      Stage stage, String name, Callable<T> work) {
    CompletableFuture<T> running =
        Background.start(
            name,
            () -> {
              T part = work.call();
              progress.ready(name);
              return part;
            });
    shutdown.add(stage, name, running);
    return running;
  }

  private void await(String name, CompletableFuture<?> running) throws InterruptedException {
    try {
      running.get();
    } catch (ExecutionException e) {
      Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
      if (e.getCause() instanceof SchemaException decision) {
        throw new StartFailure(String.valueOf(decision.getMessage()), decision);
      }
      throw new StartFailure(
          "%s did not start: %s; the log is %s"
              .formatted(name, StartFailure.said(cause), data.log()),
          e);
    }
  }
}
