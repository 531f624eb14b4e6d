package dev.punctual.localstack;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where the log goes. Call before anything logs. */
final class Logging {

  private Logging() {}

  /** A command on the terminal: warnings and errors to standard error. */
  static void ofCommand() {
    System.setProperty("logback.configurationFile", "logback-command.xml");
  }

  /** The stack: all of it to a file; the terminal sees warnings and errors. */
  static void ofStack(Path file) {
    System.setProperty("punctual.log", file.toString());
    // Three Spring contexts would set up logging thrice, each for the whole process.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    // Tomcat logs through java.util.logging.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
