package dev.punctual.systemtests;

import dev.punctual.systemtests.Fault.Scene;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

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
        new NamedFault("stop-worker", "SIGTERM of a worker", WorkerFaults::stop),
        new NamedFault(
            "wrong-clock",
            "workers whose clocks are five minutes off, or jump to and fro",
            WorkerFaults::wrongClock));
  }

  private static void kill(Scene scene) {
    int times = scene.extent().times(1, 20);
    try (var reminders = reminders(scene)) {
      for (int i = 1; i <= times; i++) {
        Waiting.pause(Duration.ofMillis(scene.random().nextInt(2_000)));
        var worker = anyWorker(scene);
        worker.process().kill();
        scene
            .report()
            .line(
                "kill %d of %d: %s, after %d reminders"
                    .formatted(i, times, worker.process().name(), reminders.written()));
        Waiting.pause(scene.extent().seconds(2, 6));
        worker.process().start();
        scene.recover(worker);
      }
    }
  }

  private static ReminderStream reminders(Scene scene) {
    return new ReminderStream(scene.installation(), scene.extent().times(50, 500));
  }

  private static void wrongClock(Scene scene) {
    var clocks =
        scene.extent() == Fault.Extent.FULL
            ? List.of("300", "-300", "300,-300,0")
            : List.of("300,-300,0");
    try (var reminders = reminders(scene)) {
      for (var seconds : clocks) {
        var workers =
            Stream.of(Installation.REMINDER_WORKER, Installation.RECURRENCE_WORKER)
                .map(service -> WrongClockWorker.of(service, seconds, scene.installation()))
                .toList();
        workers.forEach(worker -> worker.process().start());
        workers.forEach(ServiceProcess::awaitReady);
        Recurring.create(scene.installation(), 2, scene.random());
        Waiting.pause(scene.extent().seconds(6, 20));
        workers.forEach(worker -> worker.process().stop());
        scene
            .report()
            .line("off by %s s, under %d reminders".formatted(seconds, reminders.written()));
      }
    }
  }

  private static void freeze(Scene scene) {
    var worker = anyWorker(scene);
    try (var reminders = reminders(scene)) {
      worker.process().freeze();
      Waiting.pause(scene.extent().seconds(6, 60));
      worker.process().thaw();
      scene.recover(worker);
      scene
          .report()
          .line(
              "frozen: %s, under %d reminders"
                  .formatted(worker.process().name(), reminders.written()));
    }
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
