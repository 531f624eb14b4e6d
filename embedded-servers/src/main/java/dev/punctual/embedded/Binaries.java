package dev.punctual.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * Where the server's programs are unpacked: once a user, in a directory that only this user enters,
 * because what lies there is executed.
 */
final class Binaries {
  private static final String DIRECTORY_PROPERTY = "ot.epg.working-dir";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private Binaries() {}

  static void prepareDirectory() throws IOException {
    if (System.getProperty(DIRECTORY_PROPERTY) != null) {
      return;
    }
    Path cache = home().resolve("punctual");
    Files.createDirectories(cache);
    Files.setPosixFilePermissions(cache, OWNER_ONLY);
    System.setProperty(DIRECTORY_PROPERTY, cache.resolve("postgres").toString());
  }

  private static Path home() throws IOException {
    Path home = Path.of(System.getProperty("user.home", ""));
    return Files.isWritable(home)
        ? home.resolve(".cache")
        : ofThisUser(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * The same directory at every start, whose name begins with {@code punctual-postgres}; but where
   * another user has taken the name, a new one each time.
   */
  static Path ofThisUser(Path temporary) throws IOException {
    Path created = Files.createTempDirectory(temporary, "punctual-postgres-");
    Object user = Files.getAttribute(created, "unix:uid");
    Path kept = temporary.resolve("punctual-postgres-of-" + user);
    try {
      return Files.move(created, kept);
    } catch (FileAlreadyExistsException atAnEarlierStart) {
      boolean ours =
          Map.of("uid", user, "isDirectory", true, "permissions", OWNER_ONLY)
              .equals(
                  Files.readAttributes(
                      kept, "unix:uid,isDirectory,permissions", LinkOption.NOFOLLOW_LINKS));
      if (ours) {
        Files.delete(created);
      }
      return ours ? kept : created;
    }
  }
}
