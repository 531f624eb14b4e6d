package dev.punctual.benchmarks;

import dev.punctual.event.TaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.outbox.OutboxConfiguration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Punctual's outbox and relay, as a service has them. */
final class PunctualOutbox implements Contender {

  static final String DATABASE = "punctual";

  private final ConfigurableApplicationContext context;
  private final Outbox outbox;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Committed committed;

  PunctualOutbox(Servers servers, Entrant entrant) {
    servers.database(DATABASE);
    context =
        new SpringApplicationBuilder(Service.class)
            .web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .registerShutdownHook(false)
            .properties(
                "spring.datasource.url=" + servers.jdbcUrl(DATABASE),
                "spring.datasource.username=postgres",
                "spring.datasource.password=",
                "spring.datasource.hikari.maximum-pool-size=20",
                "spring.kafka.bootstrap-servers=" + servers.kafka(),
                "punctual.topics.prefix=" + entrant.prefix(),
                "namastack.outbox.enabled=false")
            .run();
    outbox = context.getBean(Outbox.class);
    jdbc = context.getBean(JdbcClient.class);
    transactions = context.getBean(TransactionTemplate.class);
    committed = new Committed(transactions);
    awaitActive();
  }

  /** The one that holds the advisory lock is the active one. */
  private void awaitActive() {
    while (jdbc.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            .query(Integer.class)
            .single()
        == 0) {
      Pause.until(System.nanoTime() + Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public long release(List<TaskEvent> events) {
    return committed.by(
        () -> {
          for (int from = 0; from < events.size(); from += 1_000) {
            outbox.append(events.subList(from, Math.min(from + 1_000, events.size())));
          }
        });
  }

  @Override
  public long write(TaskEvent event) {
    return committed.by(() -> outbox.append(event));
  }

  void createUser(String id) {
    jdbc.sql("INSERT INTO users (id, email, name) VALUES (:id, :id, :id) ON CONFLICT DO NOTHING")
        .param("id", id)
        .update();
  }

  /** What a request that creates a task does to the database, with or without telling of it. */
  void createTask(TaskEvent event, boolean withEvent) {
    var task = event.task();
    transactions.executeWithoutResult(
        tx -> {
          jdbc.sql(
                  """
                  INSERT INTO tasks (id, user_id, title, description, due_date, remind_at)
                  VALUES (:id, :userId, :title, :description, now() + interval '1 day', now() + interval '23 hours')
                  """)
              .param("id", task.id())
              .param("userId", task.userId())
              .param("title", task.title())
              .param("description", task.description())
              .update();
          if (withEvent) {
            outbox.append(event);
          }
        });
  }

  void deleteTasks() {
    jdbc.sql("TRUNCATE tasks CASCADE").update();
  }

  @Override
  public void close() {
    context.close();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(OutboxConfiguration.class)
  static class Service {
    @Bean
    InstantSource clock() {
      return InstantSource.system();
    }
  }
}
