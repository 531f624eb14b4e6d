package dev.punctual.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that runs on although the process that started it was killed. */
final class OrphanedPostgres {
  private static final Logger log = LoggerFactory.getLogger(OrphanedPostgres.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private OrphanedPostgres() {}

  /**
   * Stops the server that {@code postmaster.pid} names, if it is a server on this very directory; a
   * file that names anything else is stale and removed.
   */
  static void stopIn(Path dataDirectory) throws IOException {
    Path pidFile = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
    ProcessHandle process = ProcessHandle.of(pid).filter(OrphanedPostgres::isServer).orElse(null);
    if (process == null || !namesDirectory(lines, dataDirectory)) {
      // PostgreSQL itself would refuse to start if another program had got the number meanwhile.
      Files.deleteIfExists(pidFile);
      return;
    }
    log.info("PostgreSQL {} was left behind by a killed process: stopping it", pid);
    stop(process, pidFile);
  }

  private static boolean isServer(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
        .orElse(false);
  }

  /** The second line; another directory's name means that this one is a copy of it. */
  private static boolean namesDirectory(List<String> pidFile, Path dataDirectory) {
    return pidFile.size() > 1 && Path.of(pidFile.get(1).strip()).equals(dataDirectory);
  }

  /**
   * A fast shutdown: sessions are disconnected, the checkpoint is written. Where the disk is too
   * slow for that, an immediate one, from which the next start recovers as from a crash.
   */
  private static void stop(ProcessHandle process, Path pidFile) throws IOException {
    try {
      signal(process, "INT");
      if (!ends(process, pidFile)) {
        log.info("PostgreSQL {} takes its time: stopping it at once", process.pid());
        signal(process, "QUIT");
        if (!ends(process, pidFile)) {
          throw new IOException(
              "PostgreSQL %d still runs on %s; stop it with: kill -QUIT %d"
                  .formatted(process.pid(), pidFile.getParent(), process.pid()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping PostgreSQL " + process.pid(), e);
    }
  }

  /** What ProcessHandle cannot send; pg_ctl would refuse to do it as root. */
  private static void signal(ProcessHandle process, String signal)
      throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor();
  }

  /** Whether it has ended; the file goes when all is written, the process may stay as a zombie. */
  private static boolean ends(ProcessHandle process, Path pidFile) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Files.exists(pidFile) && process.isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      process.onExit().completeOnTimeout(process, 50, TimeUnit.MILLISECONDS).join();
    }
    return true;
  }
}
