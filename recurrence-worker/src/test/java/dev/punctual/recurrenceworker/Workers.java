package dev.punctual.recurrenceworker;

import dev.punctual.outbox.Outbox;
import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import dev.punctual.timer.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Any number of workers as they are deployed, on a database and under topics of their own. */
final class Workers implements AutoCloseable {

  final Database database;
  final String topicPrefix = Stack.newTopicPrefix();
  final JdbcClient jdbc;
  final Given given;
  private final List<ConfigurableApplicationContext> running = new ArrayList<>();

  Workers(Database database) {
    this.database = database;
    jdbc = database.jdbc();
    given =
        new Given(
            database, new Timers(jdbc, new Outbox(jdbc, InstantSource.system(), Workers::ignore)));
    Stack.createTopics(topicPrefix, 4);
  }

  private static void ignore() {}

  void start(int count) {
    start(count, Map.of());
  }

  void start(int count, Map<String, String> settings) {
    var properties = new HashMap<>(database.springProperties());
    properties.put("server.port", "0");
    properties.put("logging.level.dev.punctual.schema", "info");
    properties.put("spring.kafka.bootstrap-servers", Stack.kafkaBootstrap());
    properties.put("punctual.topics.prefix", topicPrefix);
    properties.putAll(settings);
    String[] arguments =
        properties.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toArray(String[]::new);
    for (int i = 0; i < count; i++) {
      running.add(RecurrenceWorkerApplication.builder().run(arguments));
    }
  }

  /** The management endpoints of the first worker. */
  RestTestClient actuator() {
    var port = running.get(0).getEnvironment().getRequiredProperty("local.server.port");
    return RestTestClient.bindToServer().baseUrl("http://localhost:" + port + "/actuator").build();
  }

  /** The present instant by the database's clock, in whole seconds. */
  Instant now() {
    return jdbc.sql("SELECT date_trunc('second', clock_timestamp())")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  int count(String sql, Object... params) {
    return jdbc.sql("SELECT count(*) " + sql).params(List.of(params)).query(Integer.class).single();
  }

  @Override
  public void close() {
    running.forEach(ConfigurableApplicationContext::close);
    database.close();
  }
}
