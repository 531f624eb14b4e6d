package dev.punctual.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that runs on although the process that started it is gone, or gave it up. */
final class OrphanedPostgres {
  private static final Logger log = LoggerFactory.getLogger(OrphanedPostgres.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private OrphanedPostgres() {}

  /**
   * Stops the server that {@code postmaster.pid} names, if it is a server at work in this very
   * directory; a file that names anything else is stale and removed.
   */
  static void stopIn(Path dataDirectory) throws IOException {
    Path pidFile = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    ProcessHandle process = named(lines).filter(OrphanedPostgres::isServer).orElse(null);
    if (process == null || !isAtWorkIn(dataDirectory, process, lines)) {
      // PostgreSQL itself would refuse to start if another program had got the number meanwhile.
      Files.deleteIfExists(pidFile);
      return;
    }
    log.info("PostgreSQL {} on {} belongs to nobody: stopping it", process.pid(), dataDirectory);
    stop(process, pidFile);
  }

  private static Optional<ProcessHandle> named(List<String> pidFile) {
    return pidFile.stream()
        .findFirst()
        .map(String::strip)
        .filter(pid -> pid.matches("\\d{1,18}"))
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
  }

  private static boolean isServer(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
        .orElse(false);
  }

  /**
   * After a restart of the machine, the number may be another server's. A server's working
   * directory is its data directory; where the system does not show that, the file must name this
   * directory (or it is a copy) and the second in which the process was started.
   */
  private static boolean isAtWorkIn(Path dataDirectory, ProcessHandle process, List<String> pidFile)
      throws IOException {
    Path work = Path.of("/proc", String.valueOf(process.pid()), "cwd");
    if (Files.exists(work, LinkOption.NOFOLLOW_LINKS)) {
      return Files.isReadable(work) && Files.isSameFile(work, dataDirectory);
    }
    return pidFile.size() > 2
        && Path.of(pidFile.get(1).strip()).equals(dataDirectory)
        && startedAt(process, pidFile.get(2).strip());
  }

  private static boolean startedAt(ProcessHandle process, String second) {
    return second.matches("\\d{1,18}")
        && process
            .info()
            .startInstant()
            .map(start -> Math.abs(start.getEpochSecond() - Long.parseLong(second)) <= 2)
            .orElse(false);
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
