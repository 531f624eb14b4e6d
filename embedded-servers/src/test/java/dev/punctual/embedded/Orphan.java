package dev.punctual.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server that nobody in this process has started, as a killed one leaves it behind. */
record Orphan(ProcessHandle process) {

  static Orphan on(Path data, int port) throws Exception {
    Process starter = starter(data, port);
    String pid;
    try (var output = starter.inputReader()) {
      pid = output.readLine();
    }
    starter.destroyForcibly().waitFor();
    return new Orphan(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
  }

  /** Kills a process that starts a server on a new directory, as soon as initdb is at work. */
  static void killedAtFirst(Path data) throws Exception {
    Process starter = starter(data, FreePort.find());
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                starter.descendants().anyMatch(child -> child.info().toString().contains("initdb"))
                    && isBegun(data.resolveSibling("")));
    starter.destroyForcibly().waitFor();
  }

  private static boolean isBegun(Path parent) throws IOException {
    try (var files = Files.walk(parent)) {
      return files.anyMatch(file -> file.endsWith("postgresql.conf"));
    } catch (UncheckedIOException changedMeanwhile) {
      return false;
    }
  }

  private static Process starter(Path data, int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Orphan.class.getName(),
            data.toString(),
            String.valueOf(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A zombie, which has no command any more, is not. */
  boolean isAlive() {
    return process.isAlive() && process.info().command().isPresent();
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    EmbeddedPostgres.in(data).port(Integer.parseInt(arguments[1])).start();
    System.out.println(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    Thread.currentThread().join();
  }
}
