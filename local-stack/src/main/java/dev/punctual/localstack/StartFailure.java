package dev.punctual.localstack;

/** Why the stack does not start: one line for the person at the terminal, with what to do now. */
final class StartFailure extends RuntimeException {

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
