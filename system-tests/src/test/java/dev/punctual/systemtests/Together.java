package dev.punctual.systemtests;

import static org.awaitility.Awaitility.await;

import dev.punctual.recurrenceworker.RecurrenceWorkerApplication;
import dev.punctual.taskservice.TaskServiceApplication;
import dev.punctual.testing.Database;
import dev.punctual.testing.Records;
import dev.punctual.testing.Stack;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * A task-service and recurrence-workers in this process, on a database and topics of their own: for
 * stories that need both sides of recurrence, and no faults.
 */
final class Together implements AutoCloseable {

  private static final String JSON = "application/json";
  static final Duration SOON = Duration.ofSeconds(30);

  private final Database database = Stack.newDatabase();
  private final String topicPrefix = Stack.newTopicPrefix();
  private final List<ConfigurableApplicationContext> running = new ArrayList<>();
  private final URI service;

  Together() {
    Stack.createTopics(topicPrefix, 4);
    var taskService =
        start(TaskServiceApplication.builder(), Map.of("punctual.security.mode", "local"));
    service =
        URI.create(
            "http://localhost:"
                + taskService.getEnvironment().getRequiredProperty("local.server.port"));
  }

  ConfigurableApplicationContext startWorker() {
    return start(RecurrenceWorkerApplication.builder(), Map.of());
  }

  void stop(ConfigurableApplicationContext worker) {
    running.remove(worker);
    worker.close();
  }

  private ConfigurableApplicationContext start(
      SpringApplicationBuilder application, Map<String, String> settings) {
    var properties = new HashMap<>(database.springProperties());
    properties.put("server.port", "0");
    properties.put("spring.kafka.bootstrap-servers", Stack.kafkaBootstrap());
    properties.put("punctual.topics.prefix", topicPrefix);
    properties.put("spring.main.register-shutdown-hook", "false");
    properties.putAll(settings);
    var arguments =
        properties.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toArray(String[]::new);
    var context = application.run(arguments);
    running.add(context);
    return context;
  }

  Database database() {
    return database;
  }

  /** A user's requests, each of which has to succeed. */
  final class User {

    private final Api api;

    private User(String email) {
      api = Api.as(email, service);
    }

    JsonNode get(String path) {
      return api.send("GET", service, path, null).json();
    }

    String post(String path, @Nullable Object body) {
      return api.send("POST", service, path, body).json().path("id").asString();
    }

    void patch(String path, Map<String, ?> fields) {
      api.send("PATCH", service, path, fields);
    }

    void delete(String path) {
      api.send("DELETE", service, path, null);
    }

    void moveTo(String zone) {
      send("PATCH", "/api/me", Map.of("time_zone", zone), Map.of("Content-Type", JSON)).json();
    }

    /** Its status, whatever it is. */
    int status(String method, String path, @Nullable Object body) {
      return send(method, path, body, Map.of()).status();
    }

    private Api.Answer send(
        String method, String path, @Nullable Object body, Map<String, String> headers) {
      try {
        return api.send(method, service, path, body, headers);
      } catch (IOException e) {
        throw new AssertionError(method + " " + path, e);
      }
    }
  }

  User user(String name) {
    return new User(name + "@example.com");
  }

  /** A query's single column. */
  List<String> texts(String sql, Object... params) {
    return database.jdbc().sql(sql).params(List.of(params)).query(String.class).list();
  }

  /** Returns when workers have nothing to do that is due. */
  void settle() {
    await()
        .atMost(SOON)
        .until(
            () ->
                texts("SELECT id FROM timers WHERE kind <> 'reminder' AND fire_at <= now()")
                    .isEmpty());
  }

  /** Does something while workers leave alone what carries this tag. */
  void withTagHeld(String tag, Runnable work) {
    database
        .transactions()
        .executeWithoutResult(
            status -> {
              texts("SELECT id FROM tags WHERE name = ? FOR UPDATE", tag);
              work.run();
            });
  }

  /** Sends every record of these topics to them once more. */
  void redeliver(String... topics) {
    var names = List.of(topics).stream().map(topicPrefix::concat).toArray(String[]::new);
    try (var records = Records.of(names);
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", Stack.kafkaBootstrap()),
                new StringSerializer(),
                new StringSerializer())) {
      var sent = new ArrayList<Future<RecordMetadata>>();
      for (var record : records.readToEnd()) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    record.headers())));
      }
      for (var each : sent) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    running.forEach(ConfigurableApplicationContext::close);
    database.close();
  }
}
