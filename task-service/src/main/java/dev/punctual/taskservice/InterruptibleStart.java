package dev.punctual.taskservice;

/**
 * A step of the start that may take long. A signal interrupts it: Spring's own shutdown hook would
 * wait until the start is over, however long that waits for a database.
 */
final class InterruptibleStart {

  private InterruptibleStart() {}

  static void run(Runnable step) {
    var hook = new Thread(Thread.currentThread()::interrupt, "interrupt-start");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      step.run();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is the shutdown that ended the step.
      }
    }
  }
}
