package dev.punctual.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that can be started, frozen, killed and started again; its output is appended to a file.
 */
final class JavaProcess {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String name;
  private final List<String> arguments;
  private final Path log;
  private @Nullable Process process;
  private long logFrom;
  private volatile boolean frozen;
  private volatile long lastDisturbed = System.nanoTime();

  JavaProcess(String name, List<String> arguments, Path log) {
    this.name = name;
    this.arguments = arguments;
    this.log = log;
  }

  void start() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(arguments);
    lastDisturbed = System.nanoTime();
    try {
      logFrom = Files.exists(log) ? Files.size(log) : 0;
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  long pid() {
    return running().pid();
  }

  /** SIGKILL: no hook runs, nothing is flushed. */
  void kill() {
    running().destroyForcibly();
    awaitExit();
    frozen = false;
    lastDisturbed = System.nanoTime();
  }

  /** SIGTERM, and waits until it has stopped; returns how long that took. */
  Duration stop() {
    long from = System.nanoTime();
    running().destroy();
    awaitExit();
    lastDisturbed = System.nanoTime();
    return Duration.ofNanos(System.nanoTime() - from);
  }

  void freeze() {
    frozen = true;
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
    lastDisturbed = System.nanoTime();
    frozen = false;
  }

  /** Whether it has lived, unfrozen, since a reading of {@link System#nanoTime}. */
  boolean isUndisturbedSince(long nanos) {
    return isAlive() && !frozen && lastDisturbed - nanos < 0;
  }

  void awaitOutput(String line) {
    Waiting.until(
        name + " prints «" + line + "» (see " + log + ")",
        PATIENCE,
        () -> {
          if (!isAlive()) {
            throw new AssertionError(name + " has ended; its output ends with\n" + lastOutput());
          }
          return output().contains(line);
        });
  }

  /** What it has printed since it was last started. */
  String output() {
    try {
      var bytes = Files.readAllBytes(log);
      return new String(
          bytes,
          (int) logFrom,
          bytes.length - (int) logFrom,
          java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String lastOutput() {
    var output = output();
    return output.substring(Math.max(0, output.length() - 4_000));
  }

  /** Ends it whatever state it is in; for the end of a test. */
  void end() {
    if (isAlive()) {
      kill();
    }
  }

  void awaitExit() {
    try {
      if (!running().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** With what status it has exited. */
  int exitValue() {
    return running().exitValue();
  }

  private void signal(String signal) {
    try {
      int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
      if (status != 0) {
        throw new AssertionError("kill -" + signal + " " + name + " failed");
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return process;
  }
}
