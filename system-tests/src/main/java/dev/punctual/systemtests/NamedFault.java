package dev.punctual.systemtests;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A fault that is a method. */
record NamedFault(
    String name, String description, Optional<Duration> latest, Consumer<Fault.Scene> strikes)
    implements Fault {

  NamedFault(String name, String description, Consumer<Fault.Scene> strikes) {
    this(name, description, Optional.empty(), strikes);
  }

  /** The same fault, with a promise about the reminders that fall due meanwhile. */
  NamedFault promising(Duration latest) {
    return new NamedFault(name, description, Optional.of(latest), strikes);
  }

  @Override
  public void strike(Scene scene) {
    strikes.accept(scene);
  }
}
