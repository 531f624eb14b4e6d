package dev.punctual.schema;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The database that a command works on: by its options, else by the settings of the service. */
final class Target {

  private Target() {}

  static PGSimpleDataSource of(Arguments arguments) {
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "names", Map.of("spring.config.name", "application,task-service")));
    var settings = arguments.settings().toArray(String[]::new);
    environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(settings));
    ConfigDataEnvironmentPostProcessor.applyTo(environment);

    var url =
        arguments.value("url").or(() -> setting(environment, "url")).orElseThrow(Target::unknown);
    var dataSource = new PGSimpleDataSource();
    try {
      dataSource.setUrl(url);
    } catch (IllegalArgumentException e) {
      throw new SchemaException(
          "\"%s\" is no address of a PostgreSQL database; it looks like jdbc:postgresql://host:5432/name."
              .formatted(url));
    }
    arguments
        .value("user")
        .or(() -> setting(environment, "username"))
        .ifPresent(dataSource::setUser);
    arguments
        .value("password")
        .or(() -> setting(environment, "password"))
        .ifPresent(dataSource::setPassword);
    dataSource.setApplicationName("schema command");
    dataSource.setConnectTimeout(10);
    dataSource.setTcpKeepAlive(true);
    // Longer than any statement; without it, a server that goes without a word is waited for for
    // good.
    dataSource.setSocketTimeout((int) Duration.ofHours(1).toSeconds());
    return dataSource;
  }

  /** The database in words, for somebody who is asked about it. */
  static String name(PGSimpleDataSource dataSource) {
    return "the database %s at %s:%d"
        .formatted(
            dataSource.getDatabaseName(),
            dataSource.getServerNames()[0],
            dataSource.getPortNumbers()[0]);
  }

  private static Optional<String> setting(StandardEnvironment environment, String name) {
    return Optional.ofNullable(environment.getProperty("spring.datasource." + name));
  }

  private static SchemaException unknown() {
    return new SchemaException(
        "Which database? Give --url jdbc:postgresql://host:5432/name, or set SPRING_DATASOURCE_URL.");
  }
}
