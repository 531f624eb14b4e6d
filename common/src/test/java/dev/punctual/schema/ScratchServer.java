package dev.punctual.schema;

import dev.punctual.testing.Stack;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Databases at any version of the chain, without a pool, since a pool would get in a copy's way.
 */
final class ScratchServer {

  private static final Map<String, PGSimpleDataSource> TEMPLATES = new ConcurrentHashMap<>();

  private ScratchServer() {}

  static PGSimpleDataSource emptyDatabase() {
    try (var database = Stack.newEmptyDatabase()) {
      var unpooled = new PGSimpleDataSource();
      unpooled.setUrl(database.url());
      unpooled.setUser(database.user());
      unpooled.setPassword(database.password());
      return unpooled;
    }
  }

  static PGSimpleDataSource databaseAtHead() {
    return databaseAt(Chain.head().getVersion());
  }

  /** A copy of a database that was migrated to this version. */
  static PGSimpleDataSource databaseAt(String version) {
    var template = TEMPLATES.computeIfAbsent(version, ScratchServer::migrated);
    var copy = emptyDatabase();
    var name = copy.getDatabaseName();
    var server = JdbcClient.create(in(copy, "postgres"));
    server.sql("DROP DATABASE " + name).update();
    server
        .sql("CREATE DATABASE %s TEMPLATE %s".formatted(name, template.getDatabaseName()))
        .update();
    return copy;
  }

  /** The options that point a command at a database. */
  static String[] coordinates(DataSource database) {
    var known = (PGSimpleDataSource) database;
    return new String[] {
      "--url=" + known.getURL(), "--user=" + known.getUser(), "--password=" + known.getPassword()
    };
  }

  private static PGSimpleDataSource migrated(String version) {
    var database = emptyDatabase();
    SchemaMigration.migrate(database, version);
    return database;
  }

  private static PGSimpleDataSource in(PGSimpleDataSource other, String name) {
    var database = new PGSimpleDataSource();
    database.setServerNames(other.getServerNames());
    database.setPortNumbers(other.getPortNumbers());
    database.setUser(other.getUser());
    database.setPassword(other.getPassword());
    database.setDatabaseName(name);
    return database;
  }
}
