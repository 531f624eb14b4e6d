package dev.punctual.benchmarks;

import dev.punctual.embedded.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Kafka broker in a JVM of its own, which ends when the benchmark does. */
final class KafkaProcess implements AutoCloseable {

  private static final String READY = "ready ";

  private final Process process;
  private final String bootstrapServers;

  private KafkaProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /** The broker's JVM: serves until its standard input is closed. */
  public static void main(String[] arguments) throws IOException {
    try (var kafka = EmbeddedKafka.in(Path.of(arguments[0])).start()) {
      System.out.println(READY + kafka.bootstrapServers());
      while (System.in.read() >= 0) {}
    }
    Runtime.getRuntime().halt(0);
  }

  static KafkaProcess start(Path dataDirectory) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaProcess.class.getName(),
                dataDirectory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return new KafkaProcess(process, line.substring(READY.length()));
      }
    }
    throw new IOException("The Kafka broker did not start");
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
