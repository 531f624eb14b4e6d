package dev.punctual.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A new data directory is whole or still empty. The library takes one that has a {@code
 * postgresql.conf} for whole, which initdb writes seconds before it has finished: so it works in a
 * directory beside, which then takes the place of the empty one.
 */
final class NewDirectory {
  private static final String UNFINISHED = ".new-";
  private static final Duration WRITER_ENDS_WITHIN = Duration.ofSeconds(10);
  private static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(100);

  private NewDirectory() {}

  /** Thrown into the library where it would start the server. */
  private static final class Initialised extends RuntimeException {
    Initialised() {
      super(null, null, false, false);
    }
  }

  /** Does nothing unless the directory is empty. */
  static void initialise(
      Path directory,
      Function<Path, io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder> settings)
      throws IOException {
    if (!isEmpty(directory)) {
      return;
    }
    Path parent = directory.resolveSibling("");
    String name = directory.getFileName() + UNFINISHED;
    try (DirectoryStream<Path> killed = Files.newDirectoryStream(parent, name + "*")) {
      for (Path unfinished : killed) {
        deleteUnderWriter(unfinished);
      }
    }
    Path unfinished = Files.createTempDirectory(parent, name);
    try {
      settings
          .apply(unfinished)
          .setDataDirectoryCustomizer(
              whole -> {
                throw new Initialised();
              })
          .start()
          .close();
    } catch (Initialised done) {
      // The library still holds its lock on this file.
      Files.delete(unfinished.resolve("epg-lock"));
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> content = Files.list(directory)) {
      return content.findAny().isEmpty();
    }
  }

  /** An initdb that outlived whoever started it goes on writing until its files are gone. */
  private static void deleteUnderWriter(Path directory) throws IOException {
    long deadline = System.nanoTime() + WRITER_ENDS_WITHIN.toNanos();
    while (true) {
      try {
        delete(directory);
        return;
      } catch (IOException | UncheckedIOException e) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(
              "A directory of a first start that was killed stays: " + directory, e);
        }
        LockSupport.parkNanos(TRY_AGAIN_AFTER.toNanos());
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> content = Files.walk(directory)) {
      deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
