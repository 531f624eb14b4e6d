package dev.punctual.systemtests;

import dev.punctual.outbox.RelayObserver;
import dev.punctual.outbox.RelayObserver.Step;
import dev.punctual.taskservice.TaskServiceApplication;
import java.util.List;
import org.springframework.context.support.GenericApplicationContext;

/** A task-service whose process halts, as if killed, when its relay reaches a step of a pass. */
public final class HaltingTaskService {

  private static final String STEP = "halt.at";
  private static final int KILLED = 137;

  private HaltingTaskService() {}

  static ServiceProcess at(Step step, Installation installation) {
    return installation.serviceWithMain(
        List.of("-D" + STEP + "=" + step, HaltingTaskService.class.getName()), "halting-" + step);
  }

  /** Makes sure that it halted at its step, and did not end for another reason. */
  static void check(ServiceProcess halted) {
    if (halted.process().exitValue() != KILLED) {
      throw new AssertionError(
          halted.process().name() + " did not halt:\n" + halted.process().lastOutput());
    }
  }

  /** Runs the service with an observer of the relay that halts the process. */
  public static void main(String[] args) {
    var fatal = Step.valueOf(System.getProperty(STEP));
    RelayObserver observer =
        (step, appended) -> {
          if (step == fatal) {
            Runtime.getRuntime().halt(KILLED);
          }
        };
    TaskServiceApplication.builder()
        .initializers(
            context ->
                ((GenericApplicationContext) context)
                    .registerBean("halting", RelayObserver.class, () -> observer))
        .run(args);
  }
}
