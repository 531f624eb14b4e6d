package dev.punctual.taskservice.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that local mode signs with. */
record LocalKey(SecretKey secret) {

  private static final int BYTES = 32;

  /**
   * The key in a file, made when the file is not there; with an empty name one for this process.
   */
  static LocalKey in(String file) {
    try {
      return new LocalKey(
          new SecretKeySpec(file.isEmpty() ? fresh() : kept(Path.of(file)), "HmacSHA256"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The key of local mode cannot be kept in '"
              + file
              + "'; see punctual.security.local.key-file",
          e);
    }
  }

  private static byte[] kept(Path file) throws IOException {
    try {
      var bytes = Files.readAllBytes(file);
      if (bytes.length != BYTES) {
        throw new IOException("it holds " + bytes.length + " bytes instead of " + BYTES);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      make(file);
      return kept(file);
    }
  }

  /** The file appears whole, and only once: of several that make it, all read the first one's. */
  private static void make(Path file) throws IOException {
    var directory = file.toAbsolutePath().resolveSibling("");
    // Its owner's only, as every temporary file.
    var whole = Files.createTempFile(directory, "token-key", ".new");
    try {
      try (var out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(fresh()));
        out.force(true);
      }
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException e) {
      // Another was first.
    } finally {
      Files.delete(whole);
    }
  }

  private static byte[] fresh() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
