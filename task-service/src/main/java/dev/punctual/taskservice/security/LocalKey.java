package dev.punctual.taskservice.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
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
      return write(file);
    }
  }

  private static byte[] write(Path file) throws IOException {
    var bytes = fresh();
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var out =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      out.write(java.nio.ByteBuffer.wrap(bytes));
    }
    return bytes;
  }

  private static byte[] fresh() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
