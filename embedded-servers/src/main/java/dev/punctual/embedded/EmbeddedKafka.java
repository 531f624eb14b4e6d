package dev.punctual.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker in this process: one node that is its own controller, on loopback, with its data
 * in a directory that can be started again. Topics are never created by being mentioned.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE_ID = 1;

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedKafka(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** A broker on this data directory, which is formatted when it is new or empty. */
  public static Settings in(Path dataDirectory) {
    return new Settings(dataDirectory);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Stops the broker; what it has acknowledged is on disk. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** What a broker is started with. */
  public static final class Settings {
    private final Path dataDirectory;
    private int port;
    private Duration sessionTimeout = Duration.ofSeconds(9);
    private final Map<String, String> further = new HashMap<>();

    private Settings(Path dataDirectory) {
      this.dataDirectory = dataDirectory;
    }

    /** The loopback port; a free one unless set. */
    public Settings port(int port) {
      this.port = port;
      return this;
    }

    /**
     * How long a broker that was killed keeps its successor on this directory out; a broker that
     * gets no processor for so long serves nobody for a moment. Nine seconds unless set.
     */
    public Settings sessionTimeout(Duration timeout) {
      this.sessionTimeout = timeout;
      return this;
    }

    /** A setting of the broker's own. */
    public Settings with(String name, String value) {
      further.put(name, value);
      return this;
    }

    /** Starts the broker and returns when it serves clients. */
    public EmbeddedKafka start() throws IOException {
      Files.createDirectories(dataDirectory);
      Path directory = dataDirectory.toRealPath();
      if (!Files.exists(directory.resolve("meta.properties"))) {
        format(directory);
      }
      int listener = port == 0 ? FreePort.find() : port;
      Properties properties = properties(directory, listener);
      properties.put("broker.session.timeout.ms", String.valueOf(sessionTimeout.toMillis()));
      properties.put("broker.heartbeat.interval.ms", String.valueOf(sessionTimeout.toMillis() / 6));
      properties.putAll(further);
      var config = KafkaConfig.fromProps(properties, false);
      KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(server, listener);
    }

    private static void format(Path directory) throws IOException {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      try (PrintStream printer = new PrintStream(output, true, StandardCharsets.UTF_8)) {
        new Formatter()
            .setPrintStream(printer)
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(NODE_ID)
            .setDirectories(List.of(directory.toString()))
            .setMetadataLogDirectory(directory.toString())
            .setControllerListenerName("CONTROLLER")
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .run();
      } catch (Exception e) {
        throw new IOException(
            "Kafka's directory %s could not be formatted: %s"
                .formatted(directory, output.toString(StandardCharsets.UTF_8)),
            e);
      }
    }

    private static Properties properties(Path directory, int listener) {
      int controller = FreePort.find();
      Properties properties = new Properties();
      properties.putAll(
          Map.of(
              "process.roles",
              "broker,controller",
              "node.id",
              String.valueOf(NODE_ID),
              "controller.quorum.voters",
              NODE_ID + "@127.0.0.1:" + controller,
              "controller.listener.names",
              "CONTROLLER",
              "listeners",
              "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(listener, controller),
              "advertised.listeners",
              "PLAINTEXT://127.0.0.1:" + listener,
              "log.dirs",
              directory.toString(),
              "auto.create.topics.enable",
              "false",
              "group.initial.rebalance.delay.ms",
              "0"));
      // One node: every internal topic has one replica and, for its load, one partition.
      for (String topic : List.of("offsets.topic", "transaction.state.log")) {
        properties.put(topic + ".replication.factor", "1");
        properties.put(topic + ".num.partitions", "1");
      }
      properties.put("transaction.state.log.min.isr", "1");
      properties.put("share.coordinator.state.topic.replication.factor", "1");
      properties.put("share.coordinator.state.topic.num.partitions", "1");
      properties.put("share.coordinator.state.topic.min.isr", "1");
      properties.put("min.insync.replicas", "1");
      // How long a transaction waits before it asks again whether its predecessor's markers are
      // written: with the default of 20 ms that wait is most of a transaction's latency.
      properties.put("add.partitions.to.txn.retry.backoff.ms", "1");
      return properties;
    }
  }
}
