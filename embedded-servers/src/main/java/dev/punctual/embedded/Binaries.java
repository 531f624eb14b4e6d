package dev.punctual.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the server's programs are unpacked: once a user, in a directory that only this user enters,
 * because what lies there is executed.
 */
final class Binaries {
  private static final String DIRECTORY_PROPERTY = "ot.epg.working-dir";

  private Binaries() {}

  static void prepareDirectory() throws IOException {
    if (System.getProperty(DIRECTORY_PROPERTY) != null) {
      return;
    }
    Path cache = home().resolve("punctual");
    Files.createDirectories(cache);
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
    System.setProperty(DIRECTORY_PROPERTY, cache.resolve("postgres").toString());
  }

  private static Path home() throws IOException {
    Path home = Path.of(System.getProperty("user.home", ""));
    return Files.isWritable(home)
        ? home.resolve(".cache")
        : Files.createTempDirectory("punctual-postgres");
  }
}
