package dev.punctual.systemtests;

import dev.punctual.event.Task;
import dev.punctual.systemtests.Fault.Scene;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What happens to the workers while timers fall due. */
final class WorkerFaults {

  private static final Duration AFTER_KILL = Duration.ofSeconds(5);
  private static final Duration AFTER_STOP = Duration.ofSeconds(1);
  private static final Duration SET_MEANWHILE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private WorkerFaults() {}

  static List<Fault> all() {
    return List.of(
        new NamedFault("kill-worker", "kill -9 of a worker at random moments", WorkerFaults::kill)
            .promising(AFTER_KILL),
        new NamedFault(
            "freeze-worker",
            "SIGSTOP of a worker for longer than its session, then SIGCONT",
            WorkerFaults::freeze),
        new NamedFault("stop-worker", "SIGTERM of a worker", WorkerFaults::stop)
            .promising(SET_MEANWHILE),
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
            workersWithWrongClocks(scene)
                .map(service -> WrongClockWorker.of(service, seconds, scene.installation()))
                .toList();
        workers.forEach(worker -> worker.process().start());
        workers.forEach(ServiceProcess::awaitReady);
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
    var tasks = new DueTasks(scene.installation());
    var before = new ConcurrentLinkedQueue<Task>();
    var meanwhile = new ConcurrentLinkedQueue<Task>();
    var stopping = new AtomicBoolean();
    try (var stream =
        new ReminderStream(
            scene.installation(),
            scene.extent().times(50, 500),
            set -> (stopping.get() ? meanwhile : before).addAll(set))) {
      Waiting.until("reminders are set", PATIENCE, () -> stream.written() > 0);
      Waiting.pause(scene.extent().seconds(1, 5));
      stopping.set(true);
      var took = worker.process().stop();
      scene
          .report()
          .line("%s stopped within %d ms".formatted(worker.process().name(), took.toMillis()));
      Waiting.pause(scene.extent().seconds(1, 10));
    }
    var expectations = scene.expectations();
    expectations.within(
        AFTER_STOP,
        tasks.awaitFired(List.copyOf(before), PATIENCE),
        "reminders set before the stop");
    expectations.within(
        SET_MEANWHILE,
        tasks.awaitFired(List.copyOf(meanwhile), PATIENCE),
        "reminders set meanwhile");
    worker.process().start();
    scene.recover(worker);
  }

  /** Both use the same engine: one shows it where time is short. */
  private static Stream<String> workersWithWrongClocks(Scene scene) {
    return scene.extent() == Fault.Extent.FULL
        ? Stream.of(Installation.REMINDER_WORKER, Installation.RECURRENCE_WORKER)
        : Stream.of(Installation.REMINDER_WORKER);
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
