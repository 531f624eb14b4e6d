package dev.punctual.systemtests;

import dev.punctual.systemtests.Fault.Scene;
import java.time.Duration;
import java.util.List;

/** What happens to the workers while timers fall due. */
final class WorkerFaults {

  private WorkerFaults() {}

  static List<Fault> all() {
    return List.of(
        new NamedFault("kill-worker", "kill -9 of a worker at random moments", WorkerFaults::kill),
        new NamedFault(
            "freeze-worker",
            "SIGSTOP of a worker for longer than its session, then SIGCONT",
            WorkerFaults::freeze),
        new NamedFault("stop-worker", "SIGTERM of a worker", WorkerFaults::stop));
  }

  private static void kill(Scene scene) {
    int times = scene.extent().times(1, 20);
    for (int i = 1; i <= times; i++) {
      Waiting.pause(Duration.ofMillis(scene.random().nextInt(2_000)));
      var worker = anyWorker(scene);
      worker.process().kill();
      scene.report().line("kill %d of %d: %s".formatted(i, times, worker.process().name()));
      Waiting.pause(scene.extent().seconds(2, 6));
      worker.process().start();
      scene.recover(worker);
    }
  }

  private static void freeze(Scene scene) {
    var worker = anyWorker(scene);
    worker.process().freeze();
    Waiting.pause(scene.extent().seconds(6, 60));
    worker.process().thaw();
    scene.recover(worker);
  }

  private static void stop(Scene scene) {
    var worker = anyWorker(scene);
    scene.report().line("stopped within " + worker.process().stop().toMillis() + " ms");
    worker.process().start();
    scene.recover(worker);
  }

  private static ServiceProcess anyWorker(Scene scene) {
    var workers =
        scene.installation().services().stream()
            .filter(service -> service.process().name().contains("worker"))
            .filter(ServiceProcess::isReady)
            .toList();
    return workers.get(scene.random().nextInt(workers.size()));
  }
}
