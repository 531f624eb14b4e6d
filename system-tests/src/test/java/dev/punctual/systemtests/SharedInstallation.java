package dev.punctual.systemtests;

/** The processes that all tests of this module share: to start six services takes its time. */
final class SharedInstallation {

  /** Ended with this virtual machine. */
  static final Installation PUNCTUAL = Installation.start(2);

  private SharedInstallation() {}
}
