package dev.punctual.localstack;

import dev.punctual.embedded.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
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
    int httpPort = FreePort.find();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--http-port=" + httpPort,
                "--postgres-port=" + FreePort.find(),
                "--kafka-port=" + FreePort.find(),
                "--data=" + data)
            .redirectErrorStream(true)
            .start();
    List<String> said = new ArrayList<>();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.startsWith("Punctual is ready")) {
        return new StackProcess(process, data, httpPort);
      }
    }
    throw new AssertionError("The stack did not come up: " + said);
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
  Duration stop() throws InterruptedException {
    long start = System.nanoTime();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      kill();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
