package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.punctual.embedded.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The local stack as {@code ./run} starts it, on free ports. */
record StackProcess(Process process, Path data, int httpPort) {

  /** Returns when the stack says that it is ready. */
  static StackProcess start(Path data) throws IOException {
    return startUntil("Punctual is ready", data);
  }

  /** Returns when the stack says this at the beginning of a line. */
  static StackProcess startUntil(String sign, Path data) throws IOException {
    int httpPort = FreePort.find();
    Process process =
        java(
            "--http-port=" + httpPort,
            "--postgres-port=" + FreePort.find(),
            "--kafka-port=" + FreePort.find(),
            "--data=" + data);
    List<String> said = new ArrayList<>();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.strip().startsWith(sign)) {
        return new StackProcess(process, data, httpPort);
      }
    }
    throw new AssertionError("The stack did not come up: " + said);
  }

  /** What a stack says that ends with status 1. */
  static String failure(String... arguments) throws IOException, InterruptedException {
    Process process = java(arguments);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    return said.strip();
  }

  private static Process java(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The database server that belongs to it. */
  ProcessHandle postgres() throws IOException {
    String pid = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(0);
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGTERM and returns how long the stack took to end. */
  Duration stop() throws IOException, InterruptedException {
    return stop("TERM");
  }

  /** Sends what Ctrl-C sends and returns how long the stack took to end. */
  Duration interrupt() throws IOException, InterruptedException {
    return stop("INT");
  }

  private Duration stop(String signal) throws IOException, InterruptedException {
    long start = System.nanoTime();
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      kill();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
