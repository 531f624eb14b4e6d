package dev.punctual.localstack;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where the log goes: all of it to a file; the terminal sees warnings and errors. */
final class Logging {

  private Logging() {}

  /** Call before anything logs: {@code logback.xml} reads the file's name once. */
  static void writeTo(Path file) {
    System.setProperty("punctual.log", file.toString());
    // Three Spring contexts would set up logging thrice, each for the whole process.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    // Tomcat logs through java.util.logging.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
