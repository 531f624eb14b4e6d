package dev.punctual.systemtests;

import java.util.function.Consumer;

/** A fault that is a method. */
record NamedFault(String name, String description, Consumer<Fault.Scene> strikes) implements Fault {

  @Override
  public void strike(Scene scene) {
    strikes.accept(scene);
  }
}
