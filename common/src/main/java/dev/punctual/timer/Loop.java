package dev.punctual.timer;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs a pass again and again until it is stopped. A pass that fails, unless the
 * virtual machine itself does, is logged and tried again, after a pause that doubles from {@value
 * #FIRST_PAUSE_MS} to {@value #LONGEST_PAUSE_MS} ms.
 */
final class Loop {

  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 2000;

  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread;
  private final Pass pass;
  private volatile boolean stopping;
  private volatile long lastTurn = System.nanoTime();
  private volatile @Nullable Long failingSince;

  /** One pass, with its waiting. */
  @FunctionalInterface
  interface Pass {
    void run(Loop loop) throws Exception;
  }

  Loop(String name, Pass pass) {
    this.pass = pass;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long pause = FIRST_PAUSE_MS;
    while (!stopping) {
      lastTurn = System.nanoTime();
      try {
        pass.run(this);
        pause = FIRST_PAUSE_MS;
        failingSince = null;
      } catch (InterruptedException e) {
        return;
      } catch (Throwable e) {
        if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
          throw fatal;
        }
        if (stopping) {
          return;
        }
        if (failingSince == null) {
          failingSince = lastTurn;
        }
        log.warn("{} failed and is tried again in {} ms: {}", thread.getName(), pause, e, e);
        pauseFor(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }

  private void pauseFor(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (!stopping && System.nanoTime() < deadline) {
        awaitWakeUp(Duration.ofNanos(deadline - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  /** Within a pass: waits to be woken, but no longer than so long. */
  void awaitWakeUp(Duration longest) throws InterruptedException {
    if (wakeUps.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
      wakeUps.drainPermits();
    }
  }

  /** Ends the wait of the pass that waits, or of the next that would. */
  void wake() {
    wakeUps.release();
  }

  boolean isStopping() {
    return stopping;
  }

  /** For how long the present pass has been running, its waiting included. */
  Duration sinceLastTurn() {
    return Duration.ofNanos(System.nanoTime() - lastTurn);
  }

  /** For how long every pass has failed; zero if the last one did not. */
  Duration failingFor() {
    var since = failingSince;
    return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  boolean hasStarted() {
    return thread.getState() != Thread.State.NEW;
  }

  /** Whether the thread lives and its present pass began less than so long ago. */
  boolean isTurning(Duration longest) {
    return thread.isAlive() && sinceLastTurn().compareTo(longest) < 0;
  }

  String name() {
    return thread.getName();
  }

  /** Lets the present pass come to its end for so long, then interrupts it. */
  void stop(Duration longest) throws InterruptedException {
    stopping = true;
    wake();
    thread.join(longest.toMillis());
    thread.interrupt();
  }

  /** Ends the present pass wherever it waits. */
  void interrupt() {
    stopping = true;
    thread.interrupt();
  }
}
