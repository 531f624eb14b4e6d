package dev.punctual.localstack;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why the stack does not start: one line for the person at the terminal, with what to do now. */
final class StartFailure extends RuntimeException {

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is wrong, in one line; the message of a file system's exception is often a path alone. */
  static String said(Throwable e) {
    if (!(e instanceof FileSystemException file)) {
      return String.valueOf(e.getMessage());
    }
    return "%s: %s".formatted(file.getFile(), reason(file));
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "this user may not do that there (permission denied)";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "there is a file where a directory is needed";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}
