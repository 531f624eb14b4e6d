package dev.punctual.testing;

import dev.punctual.schema.SchemaMigration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes databases: the schema is migrated once, in a template that the others are copied from. */
final class DatabaseServer {
  private static final String TEMPLATE = "migrated";

  private final UnaryOperator<String> urlOf;
  private final String user;
  private final String password;
  private final AtomicInteger databases = new AtomicInteger();
  private boolean templateIsReady;

  DatabaseServer(UnaryOperator<String> urlOf, String user, String password) {
    this.urlOf = urlOf;
    this.user = user;
    this.password = password;
  }

  synchronized Database newDatabase() {
    if (!templateIsReady) {
      create(TEMPLATE, "template0");
      SchemaMigration.migrate(server(TEMPLATE));
      templateIsReady = true;
    }
    return database(create("test" + databases.incrementAndGet(), TEMPLATE));
  }

  synchronized Database newEmptyDatabase() {
    return database(create("test" + databases.incrementAndGet(), "template0"));
  }

  private String create(String name, String template) {
    JdbcClient.create(server("postgres"))
        .sql("CREATE DATABASE %s TEMPLATE %s".formatted(name, template))
        .update();
    return name;
  }

  private DataSource server(String database) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(urlOf.apply(database));
    server.setUser(user);
    server.setPassword(password);
    return server;
  }

  private Database database(String name) {
    return new Database(urlOf.apply(name), user, password);
  }
}
