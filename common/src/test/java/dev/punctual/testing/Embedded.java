package dev.punctual.testing;

import dev.punctual.embedded.EmbeddedKafka;
import dev.punctual.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** The servers inside this JVM and beside it, on directories that go when the JVM does. */
final class Embedded {

  private Embedded() {}

  static DatabaseServer postgres() {
    try {
      Path directory = Files.createTempDirectory("punctual-test-postgres");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.in(directory.resolve("data")).withoutDurability().start();
      atExit(postgres, directory);
      return new DatabaseServer(postgres::jdbcUrl, EmbeddedPostgres.USER, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String kafka() {
    try {
      Path directory = Files.createTempDirectory("punctual-test-kafka");
      EmbeddedKafka kafka = EmbeddedKafka.in(directory).start();
      atExit(kafka, directory);
      return kafka.bootstrapServers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void atExit(AutoCloseable server, Path directory) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try (server) {
                    // Nothing but the close.
                  } catch (Exception e) {
                    System.err.println("A test server did not stop: " + e);
                  }
                  try {
                    FileSystemUtils.deleteRecursively(directory);
                  } catch (IOException e) {
                    System.err.println("Left behind: " + directory);
                  }
                }));
  }
}
