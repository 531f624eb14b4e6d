package dev.punctual.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** Waiting, without checked exceptions. */
final class Pause {

  private Pause() {}

  /** Until an instant of {@link System#nanoTime}. */
  static void until(long nanoTime) {
    for (long rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(rest);
    }
  }

  static void untilEnded(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The benchmark was interrupted", e);
    }
  }
}
