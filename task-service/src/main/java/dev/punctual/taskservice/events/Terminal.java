package dev.punctual.taskservice.events;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a command speaks, and hears that it is to stop. */
final class Terminal {

  private static final long STOP_WITHIN_SECONDS = 15;

  private final PrintStream out;
  private final PrintStream err;
  private final CountDownLatch interruption = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  Terminal(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  void say(String line) {
    out.println(line);
  }

  void complain(String line) {
    err.println(line);
  }

  /** Makes a signal to this process wait until the batch that is under way has come to its end. */
  void finishBatchWhenInterrupted() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  interrupt();
                  try {
                    var ignored = end.await(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  void interrupt() {
    interruption.countDown();
  }

  boolean interrupted() {
    return interruption.getCount() == 0;
  }

  void pause(Duration duration) {
    try {
      var ignored = interruption.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupt();
    }
  }

  void ended() {
    end.countDown();
  }
}
