package dev.punctual.systemtests;

import dev.punctual.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker in a process of its own, so that it can be killed. */
final class KafkaProcess {

  private final JavaProcess process;
  private final int port;

  KafkaProcess(Path directory) {
    this.port = Ports.free();
    this.process =
        new JavaProcess(
            "kafka",
            List.of(
                "-Xmx400m",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaProcess.class.getName(),
                directory.resolve("kafka").toString(),
                Integer.toString(port)),
            directory.resolve("kafka.log"));
  }

  /** Runs the broker until it is asked to stop. */
  public static void main(String[] args) throws IOException {
    var broker = EmbeddedKafka.in(Path.of(args[0])).port(Integer.parseInt(args[1])).start();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    System.out.println("ready");
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  void start() {
    process.start();
    process.awaitOutput("ready");
  }

  JavaProcess process() {
    return process;
  }
}
