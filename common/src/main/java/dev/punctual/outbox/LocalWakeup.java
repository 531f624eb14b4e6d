package dev.punctual.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the relay's thread of this process; any number of calls while it is busy count as one. */
final class LocalWakeup implements Wakeup {

  private final Semaphore raised = new Semaphore(0);

  @Override
  public void raise() {
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  /** Returns whether it was raised since the last call, waiting for it if it was not. */
  boolean await(Duration atMost) throws InterruptedException {
    boolean woken = raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    // One that comes after the wait has ended counts, too.
    return raised.drainPermits() > 0 || woken;
  }
}
