package dev.punctual.taskservice;

import dev.punctual.testing.Database;
import dev.punctual.testing.Stack;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The service as its own main method starts it, on a database and a port of its own. */
public final class RunningService implements AutoCloseable {

  /** Started once for all tests that need no other settings. */
  private static final class Shared {
    static final RunningService SERVICE = start(Map.of());
  }

  private final Database database;
  private final ConfigurableApplicationContext context;

  private RunningService(Database database, ConfigurableApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  public static RunningService shared() {
    return Shared.SERVICE;
  }

  /** Starts another one in local mode, without a relay: what it appends stays in the outbox. */
  public static RunningService start(Map<String, String> settings) {
    return start(settings, new Class<?>[0]);
  }

  /** Starts another one with these beans beside, or instead of, its own. */
  public static RunningService start(Map<String, String> settings, Class<?>... more) {
    var database = Stack.newDatabase();
    Map<String, Object> properties = new HashMap<>(database.springProperties());
    properties.put("server.port", "0");
    properties.put("punctual.security.mode", "local");
    properties.put("punctual.outbox.relay", "false");
    properties.put("spring.main.banner-mode", "off");
    properties.put("spring.datasource.hikari.maximum-pool-size", "8");
    properties.putAll(settings);
    var arguments =
        properties.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new);
    return new RunningService(
        database, TaskServiceApplication.builder().sources(more).run(arguments));
  }

  public Database database() {
    return database;
  }

  /** A client that sends no token. */
  public RestTestClient anonymous() {
    return RestTestClient.bindToServer().baseUrl(url()).build();
  }

  public String url() {
    return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  @Override
  public void close() {
    context.close();
    database.close();
  }
}
