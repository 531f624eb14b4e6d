package dev.punctual.outbox;

/** Tells the active relay, wherever it runs, that something waits in the outbox. */
public interface Wakeup {

  /** Returns at once; may be called at any rate. A lost wake-up costs latency, nothing else. */
  void raise();
}
