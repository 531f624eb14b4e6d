package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot start says why in one line, and ends with status 1. */
class StartFailuresIT {
  @TempDir Path directory;

  @Test
  void a_port_in_use() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              StackProcess.failure("--data=" + directory, "--kafka-port=" + taken.getLocalPort()))
          .isEqualTo(
              "Port %d is in use: stop what listens there, or choose another with --kafka-port."
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void data_of_a_newer_version() throws Exception {
    Files.writeString(directory.resolve("lock"), "");
    Files.writeString(directory.resolve("version"), "2\n");

    assertThat(StackProcess.failure("--data", directory.toString()))
        .startsWith(directory + " was written by a newer Punctual")
        .doesNotContain("\n");
  }

  @Test
  void a_place_that_cannot_be_used() throws Exception {
    Path file = Files.writeString(directory.resolve("events"), "");

    assertThat(StackProcess.failure("--data", file.toString()))
        .isEqualTo(file + ": there is a file where a directory is needed");
  }
}
