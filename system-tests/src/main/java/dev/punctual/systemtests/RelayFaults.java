package dev.punctual.systemtests;

import dev.punctual.outbox.RelayObserver.Step;
import dev.punctual.systemtests.Fault.Scene;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What happens to the active relay: its process is killed, frozen or stopped. */
final class RelayFaults {

  private RelayFaults() {}

  static List<Fault> all() {
    return List.of(
        new NamedFault(
            "kill-relay",
            "kill -9 of the active relay's process at random moments",
            RelayFaults::kill),
        new NamedFault(
            "halt-relay",
            "the active relay's process halts at each step of a pass",
            RelayFaults::halt),
        new NamedFault(
            "freeze-relay",
            "SIGSTOP of the active relay's process until another took over, then SIGCONT",
            RelayFaults::freeze),
        new NamedFault("stop-relay", "SIGTERM of the active relay's process", RelayFaults::stop));
  }

  private static void kill(Scene scene) {
    int times = scene.extent().times(1, 30);
    for (int i = 1; i <= times; i++) {
      Waiting.pause(Duration.ofMillis(scene.random().nextInt(1_500)));
      var relay = scene.installation().activeRelay();
      relay.process().kill();
      var successor = handOver(scene, relay);
      scene.report().line("kill %d of %d: %s".formatted(i, times, successor));
      relay.process().start();
      scene.recover(relay);
    }
  }

  private static void freeze(Scene scene) {
    var relay = scene.installation().activeRelay();
    relay.process().freeze();
    scene.report().line("frozen: " + handOver(scene, relay));
    Waiting.pause(scene.extent().seconds(2, 30));
    relay.process().thaw();
    scene.recover(relay);
  }

  private static void stop(Scene scene) {
    var relay = scene.installation().activeRelay();
    var took = relay.process().stop();
    scene.report().line("stopped within " + took.toMillis() + " ms: " + handOver(scene, relay));
    relay.process().start();
    scene.recover(relay);
  }

  private static void halt(Scene scene) {
    var steps = scene.extent() == Fault.Extent.FULL ? Step.values() : new Step[] {Step.COMMITTED};
    for (var step : steps) {
      haltAt(step, scene);
    }
  }

  /**
   * Freezes all others, so that they lose the lock to a process that halts at a step of its first
   * pass. It is given an event of its own to publish, since those who wrote are frozen too.
   */
  private static void haltAt(Step step, Scene scene) {
    var halting = HaltingTaskService.at(step, scene.installation());
    halting.process().start();
    try {
      halting.awaitReady();
      var user = Api.as("halting@example.com", halting.url());
      scene.installation().services().forEach(service -> service.process().freeze());
      write(user, halting);
      halting.process().awaitExit();
    } finally {
      halting.process().end();
      scene.installation().services().forEach(service -> service.process().thaw());
    }
    scene
        .report()
        .line("halted " + step + ": " + scene.installation().activeRelay().process().name());
    scene.installation().services().forEach(scene::recover);
  }

  private static void write(Api user, ServiceProcess halting) {
    try {
      user.send("POST", halting.url(), "/api/tasks", Map.of("title", "The last of it"), Map.of());
    } catch (IOException e) {
      // It halted before it could answer, with what it found in the outbox.
    }
  }

  /** Waits until another process is the active relay; says which, and after how long. */
  private static String handOver(Scene scene, ServiceProcess from) {
    long start = System.nanoTime();
    var successor = new ServiceProcess[1];
    Waiting.until(
        "another relay takes over",
        Duration.ofSeconds(20),
        () -> {
          successor[0] = scene.installation().activeRelay();
          return successor[0] != from;
        });
    return "%s took over after %d ms"
        .formatted(
            successor[0].process().name(), Duration.ofNanos(System.nanoTime() - start).toMillis());
  }
}
