package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {
  @TempDir Path directory;

  @Test
  void it_comes_back_after_a_kill_and_leaves_no_process_after_a_stop() throws Exception {
    Path data = directory.resolve("data");
    StackProcess killed = StackProcess.start(data);
    ProcessHandle orphan = killed.postgres();
    killed.kill();
    assertThat(isRunning(orphan)).isTrue();

    StackProcess second = StackProcess.start(data);
    ProcessHandle postgres = second.postgres();
    assertThat(isRunning(orphan)).isFalse();
    assertThat(second.stop()).isLessThan(Duration.ofSeconds(10));
    assertThat(isRunning(postgres)).isFalse();
  }

  /** A zombie, which nobody has waited for yet, has no command any more. */
  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
