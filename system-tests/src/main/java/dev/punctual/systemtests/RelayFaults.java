package dev.punctual.systemtests;

import dev.punctual.outbox.RelayObserver.Step;
import dev.punctual.systemtests.Fault.Scene;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What happens to the active relay: its process is killed, frozen or stopped. */
final class RelayFaults {

  private static final Duration AFTER_KILL = Duration.ofSeconds(2);
  private static final Duration AFTER_FREEZE = Duration.ofSeconds(4);

  /** At once: the next one looks every 200 ms, and has to fence its predecessor. */
  private static final Duration AFTER_STOP = Duration.ofSeconds(1);

  /** The relay's process may be a worker's. */
  private static final Duration WORKER_KILLED = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration WORKER_STOPPED = Duration.ofSeconds(3);

  private RelayFaults() {}

  static List<Fault> all() {
    return List.of(
        new NamedFault(
                "kill-relay",
                "kill -9 of the active relay's process at random moments",
                RelayFaults::kill)
            .promising(WORKER_KILLED),
        new NamedFault(
            "halt-relay",
            "the active relay's process halts at each step of a pass",
            RelayFaults::halt),
        new NamedFault(
            "freeze-relay",
            "SIGSTOP of the active relay's process until another took over, then SIGCONT",
            RelayFaults::freeze),
        new NamedFault("stop-relay", "SIGTERM of the active relay's process", RelayFaults::stop)
            .promising(WORKER_STOPPED));
  }

  private static void kill(Scene scene) {
    int times = scene.extent().times(1, 30);
    for (int i = 1; i <= times; i++) {
      Waiting.pause(Duration.ofMillis(scene.random().nextInt(1_500)));
      var relay = scene.installation().activeRelay();
      try (var tail = new Tail(scene.installation())) {
        relay.process().kill();
        handOver(scene, tail, AFTER_KILL, "kill %d of %d".formatted(i, times));
      }
      relay.process().start();
      scene.recover(relay);
    }
  }

  private static void freeze(Scene scene) {
    var relay = scene.installation().activeRelay();
    try (var tail = new Tail(scene.installation())) {
      relay.process().freeze();
      handOver(scene, tail, AFTER_FREEZE, "frozen");
    }
    Waiting.pause(scene.extent().seconds(2, 30));
    relay.process().thaw();
    scene.recover(relay);
  }

  private static void stop(Scene scene) {
    var relay = scene.installation().activeRelay();
    try (var tail = new Tail(scene.installation())) {
      var took = relay.process().stop();
      handOver(scene, tail, AFTER_STOP, "stopped within " + took.toMillis() + " ms");
    }
    relay.process().start();
    scene.recover(relay);
  }

  /** Waits until another publishes, which has to be soon. */
  private static void handOver(Scene scene, Tail tail, Duration promised, String what) {
    var took = tail.awaitPublishedAfter(Instant.now());
    scene
        .expectations()
        .within(
            promised,
            took,
            what + "; then " + scene.installation().activeRelay().process().name() + " published");
  }

  private static void halt(Scene scene) {
    var steps = scene.extent() == Fault.Extent.FULL ? Step.values() : new Step[] {Step.COMMITTED};
    for (var step : steps) {
      haltAt(step, scene);
    }
  }

  /**
   * Freezes all others, so that they lose the lock to a process that halts at a step of its first
   * pass: with what they left in the outbox or, since those who wrote are frozen too, with an event
   * of its own. They are frozen while it starts, too, which so takes seconds on a small machine.
   */
  private static void haltAt(Step step, Scene scene) {
    var others =
        scene.installation().services().stream()
            .map(ServiceProcess::process)
            .filter(JavaProcess::isAlive)
            .toList();
    var halting = HaltingTaskService.at(step, scene.installation());
    others.forEach(JavaProcess::freeze);
    try {
      halting.process().start();
      Waiting.until(
          "a process of its own is ready or has halted",
          PATIENCE,
          () -> !halting.process().isAlive() || halting.isReady());
      if (halting.process().isAlive()) {
        write(halting);
      }
      halting.process().awaitExit();
    } finally {
      halting.process().end();
      others.forEach(JavaProcess::thaw);
    }
    HaltingTaskService.check(halting);
    scene
        .report()
        .line("halted " + step + ": " + scene.installation().activeRelay().process().name());
    scene.installation().services().forEach(scene::recover);
  }

  private static void write(ServiceProcess halting) {
    try {
      var user = Api.as("halting@example.com", halting.url());
      user.send("POST", halting.url(), "/api/tasks", Map.of("title", "The last of it"), Map.of());
    } catch (IOException | AssertionError e) {
      // It halted before it could answer, with what it found in the outbox.
    }
  }
}
