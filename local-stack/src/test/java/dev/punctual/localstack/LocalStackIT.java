package dev.punctual.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {
  @TempDir Path directory;

  @Test
  void
      after_a_ctrl_c_at_its_first_start_and_a_kill_it_comes_back_with_its_data_and_fires_what_is_overdue_once()
          throws Exception {
    Path data = directory.resolve("data");
    interruptWhileItStarts(data);

    StackProcess killed = StackProcess.start(data);
    ProcessHandle orphan = killed.postgres();
    LocalApi alice = LocalApi.signIn(killed.httpPort(), "alice@example.com");
    alice.post(
        "/api/tasks", "{\"title\": \"Call Bob\", \"remind_at\": \"" + inTwoSeconds() + "\"}");
    killed.kill();
    assertThat(isRunning(orphan)).isTrue();

    StackProcess second = StackProcess.start(data);
    ProcessHandle postgres = second.postgres();
    assertThat(isRunning(orphan)).isFalse();
    LocalApi aliceLater = alice.at(second.httpPort());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(aliceLater.get("/api/notifications")).containsOnlyOnce("Call Bob"));
    assertThat(aliceLater.get("/api/tasks")).containsOnlyOnce("Call Bob");
    assertThat(second.stop()).isLessThan(Duration.ofSeconds(10));
    assertThat(isRunning(postgres)).isFalse();
  }

  /** As impatient people do; the next start goes on from there. */
  private static void interruptWhileItStarts(Path data) throws Exception {
    StackProcess starting = StackProcess.startUntil("PostgreSQL", data);
    ProcessHandle postgres = starting.postgres();
    assertThat(starting.interrupt()).isLessThan(Duration.ofSeconds(10));
    assertThat(isRunning(postgres)).isFalse();
  }

  private static Instant inTwoSeconds() {
    return Instant.now().plusSeconds(2);
  }

  /** A zombie, which nobody has waited for yet, has no command any more. */
  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
