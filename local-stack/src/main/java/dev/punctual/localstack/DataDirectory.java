package dev.punctual.localstack;

import dev.punctual.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** Where a stack keeps everything. One process at a time; only its own user reads it. */
final class DataDirectory implements AutoCloseable {
  /** Grows when an older program could no longer start on the directory. */
  static final int VERSION = 1;

  private static final String LOCK_FILE = "lock";
  private static final String VERSION_FILE = "version";
  private static final String LOG_FILE = "punctual.log";
  private static final String UNFINISHED = ".new";

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
    if (Files.exists(root)) {
      requireOurs(root);
    }
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    DataDirectory directory = new DataDirectory(root, lock(root));
    try {
      if (!fresh) {
        directory.checkVersion();
      }
      return directory;
    } catch (IOException | StartFailure e) {
      directory.close();
      throw e;
    }
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
    mark();
  }

  /** Written once: without it, the data count as foreign. */
  private void mark() throws IOException {
    Path version = root.resolve(VERSION_FILE);
    if (!Files.exists(version) || version(root) != VERSION) {
      write(version, VERSION + "\n");
    }
  }

  /** Whole or not at all, also when the disk is full. */
  private static void write(Path file, String text) throws IOException {
    Path written = Files.writeString(file.resolveSibling(file.getFileName() + UNFINISHED), text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether a stack runs on the directory now. */
  static boolean isTaken(Path root) throws IOException {
    if (!Files.exists(root.resolve(LOCK_FILE))) {
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
    return root.resolve(LOG_FILE);
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
      write(file, HexFormat.of().formatHex(random));
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
    int version = Files.exists(root.resolve(VERSION_FILE)) ? version(root) : VERSION;
    if (version > VERSION) {
      throw new StartFailure(
          ("%s was written by a newer Punctual (its data are of version %d, this one knows %d):"
                  + " update this one, or choose another directory with --data DIR.")
              .formatted(root, version, VERSION));
    }
  }

  /**
   * What is not ours is never emptied: ours has our lock and the number of our version, or nothing
   * yet but what a first start that was killed at once has left.
   */
  private static void requireOurs(Path root) throws IOException {
    Set<String> begun = Set.of(LOCK_FILE, VERSION_FILE + UNFINISHED, LOG_FILE);
    try (Stream<Path> content = Files.list(root)) {
      if (content.allMatch(file -> begun.contains(file.getFileName().toString()))) {
        return;
      }
    }
    if (!Files.exists(root.resolve(LOCK_FILE)) || !Files.exists(root.resolve(VERSION_FILE))) {
      throw new StartFailure(
          root + " holds something else than Punctual's data: choose another with --data DIR.");
    }
    version(root);
  }

  private static int version(Path root) throws IOException {
    Path file = root.resolve(VERSION_FILE);
    String text = Files.readString(file).strip();
    if (!text.matches("\\d{1,9}")) {
      throw new StartFailure(
          ("%s holds no number, so these may not be Punctual's data: write %d into it if they are, or"
                  + " choose another directory with --data DIR.")
              .formatted(file, VERSION));
    }
    return Integer.parseInt(text);
  }

  private static Path passwordFile(Path root) {
    return root.resolve("postgres-password");
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
