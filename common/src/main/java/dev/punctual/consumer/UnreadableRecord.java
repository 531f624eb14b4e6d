package dev.punctual.consumer;

/** A record that will never be read by this program, however often it is tried: poison. */
public final class UnreadableRecord extends RuntimeException {

  /**
   * @param reason for whoever looks into the dead letters: what is wrong, and what to do
   */
  public UnreadableRecord(String reason) {
    super(reason);
  }

  UnreadableRecord(String reason, Exception cause) {
    super(reason, cause);
  }
}
