package dev.punctual.benchmarks;

import dev.punctual.event.TaskEvent;
import java.util.List;

/** A way to Kafka, started and ready. Its records go to one topic, keyed by the task's id. */
interface Contender extends AutoCloseable {

  /**
   * Lets these events wait, all of them from the same instant on, and returns that instant ({@link
   * System#nanoTime}); they may be on their way when this returns.
   */
  long release(List<TaskEvent> events);

  /** Makes one event true, and returns the instant since when it is. Called by many threads. */
  long write(TaskEvent event);

  @Override
  void close();

  /** How one is started, as often as it has its turn. */
  record Entrant(String name, Starter starter) {
    /** The contender's topic, its own. */
    String topic() {
      return prefix() + "task-events";
    }

    /** What its topics' names begin with. */
    String prefix() {
      return name.replaceAll("[^a-z]+", "-") + "-";
    }
  }

  /** Starts a contender; it is ready when this returns. */
  interface Starter {
    Contender start(Entrant entrant);
  }
}
