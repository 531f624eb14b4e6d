package dev.punctual.schema;

import dev.punctual.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.util.FileSystemUtils;

/** One PostgreSQL for all tests of this package; each test takes an empty database of its own. */
final class ScratchServer {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  private ScratchServer() {}

  static DataSource emptyDatabase() {
    try {
      var name = "schema_" + NAMES.incrementAndGet();
      SERVER.createDatabase(name);
      return SERVER.dataSource(name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EmbeddedPostgres start() {
    try {
      var directory = Files.createTempDirectory("punctual-schema");
      var server = EmbeddedPostgres.in(directory.resolve("data")).withoutDurability().start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      server.close();
                      FileSystemUtils.deleteRecursively(directory);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
