package dev.punctual.localstack;

import dev.punctual.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** Where a stack keeps everything. One process at a time; only its own user reads it. */
final class DataDirectory implements AutoCloseable {
  /** Grows when an older program could no longer start on the directory. */
  static final int VERSION = 1;

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes the directory for this process, creating it where it is missing.
   *
   * @throws StartFailure if another process has it, it holds something else, or a newer program
   *     wrote what is to be kept
   */
  static DataDirectory take(Path root, boolean fresh) throws IOException {
    if (Files.exists(root) && !isOurs(root)) {
      throw new StartFailure(
          root + " holds something else than Punctual's data: choose another with --data DIR.");
    }
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    DataDirectory directory = new DataDirectory(root, lock(root));
    if (!fresh) {
      directory.checkVersion();
    }
    return directory;
  }

  /** Whoever was killed on this directory has left its PostgreSQL running. */
  void stopOrphan() throws IOException {
    EmbeddedPostgres.stopOrphan(postgres());
  }

  /** Marks the directory as ours, and empties it if it shall be fresh. */
  void prepare(boolean fresh) throws IOException {
    if (fresh) {
      FileSystemUtils.deleteRecursively(postgres());
      FileSystemUtils.deleteRecursively(kafka());
      Files.deleteIfExists(passwordFile(root));
      Files.deleteIfExists(tokenKey());
    }
    Files.writeString(versionFile(), VERSION + "\n");
  }

  /** Whether a stack runs on the directory now. */
  static boolean isTaken(Path root) throws IOException {
    if (!Files.exists(root.resolve("lock"))) {
      return false;
    }
    try {
      lock(root).close();
      return false;
    } catch (StartFailure taken) {
      return true;
    }
  }

  Path root() {
    return root;
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path log() {
    return root.resolve("punctual.log");
  }

  /** The key that signs the local tokens, so that a token is good after a restart. */
  Path tokenKey() {
    return root.resolve("token-key");
  }

  /** The database's password, made up when the directory was new. */
  String password() throws IOException {
    Path file = passwordFile(root);
    if (!Files.exists(file)) {
      byte[] random = new byte[12];
      new SecureRandom().nextBytes(random);
      Files.writeString(file, HexFormat.of().formatHex(random));
    }
    return password(root);
  }

  static String password(Path root) throws IOException {
    return Files.readString(passwordFile(root)).strip();
  }

  /** Gives the directory back. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  private void checkVersion() throws IOException {
    if (!Files.exists(versionFile())) {
      return;
    }
    int version = Integer.parseInt(Files.readString(versionFile()).strip());
    if (version > VERSION) {
      close();
      throw new StartFailure(
          ("%s was written by a newer Punctual (its data are of version %d, this one knows %d):"
                  + " update this one, or choose another directory with --data DIR.")
              .formatted(root, version, VERSION));
    }
  }

  /** Nothing but our lock means that a first start was killed at once. */
  private static boolean isOurs(Path root) throws IOException {
    try (Stream<Path> content = Files.list(root)) {
      return Files.exists(root.resolve("version"))
          || content.allMatch(root.resolve("lock")::equals);
    }
  }

  private Path versionFile() {
    return root.resolve("version");
  }

  private static Path passwordFile(Path root) {
    return root.resolve("postgres-password");
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException takenByThisProcess) {
      // As if by another.
    }
    if (lock == null) {
      channel.close();
      throw new StartFailure(
          "Punctual already runs on %s: stop it first, or choose another directory with --data DIR."
              .formatted(root));
    }
    return channel;
  }
}
