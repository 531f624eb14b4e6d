package dev.punctual.taskservice.events;

import dev.punctual.taskservice.task.TaskSnapshots;
import dev.punctual.taskservice.task.TaskSnapshots.Batch;
import dev.punctual.taskservice.task.TaskSnapshots.Selection;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the snapshots of many tasks batch by batch, and lets live events go first: it waits while
 * the outbox is long.
 */
final class Republish {

  private static final int BATCH = 200;
  private static final int LONGEST_OUTBOX = 2_000;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration LOCKED_AT_MOST = Duration.ofMinutes(2);
  private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

  private final TaskSnapshots snapshots;
  private final JdbcClient jdbc;
  private final Selection selection;
  private final Terminal terminal;
  private long done;
  private String last;
  private long lastReport = System.nanoTime();

  Republish(
      TaskSnapshots snapshots,
      JdbcClient jdbc,
      Selection selection,
      String after,
      Terminal terminal) {
    this.snapshots = snapshots;
    this.jdbc = jdbc;
    this.selection = selection;
    this.terminal = terminal;
    this.last = after;
  }

  /** Returns whether all are done; false if it was interrupted. */
  boolean run() {
    long all = snapshots.count(selection, last);
    terminal.say("Republishes about %,d tasks.".formatted(all));
    while (!terminal.interrupted()) {
      if (waiting() > LONGEST_OUTBOX) {
        report(all, "; waits for the relay, %,d events are before it".formatted(waiting()));
        terminal.pause(PAUSE);
        continue;
      }
      var batch = nextBatch();
      if (batch.isEmpty()) {
        return true;
      }
      done += batch.get().tasks();
      last = batch.get().lastId();
      report(all, "");
    }
    return false;
  }

  /** A task may be held by somebody; nothing of the batch is written then. */
  private Optional<Batch> nextBatch() {
    for (long deadline = System.nanoTime() + LOCKED_AT_MOST.toNanos(); ; ) {
      try {
        return snapshots.append(selection, last, BATCH);
      } catch (ConcurrencyFailureException e) {
        if (terminal.interrupted() || System.nanoTime() - deadline > 0) {
          throw e;
        }
        terminal.say("A task after %s is locked by somebody; tries again.".formatted(last));
        terminal.pause(PAUSE);
      }
    }
  }

  private void report(long all, String more) {
    if (System.nanoTime() - lastReport > REPORT_EVERY.toNanos()) {
      lastReport = System.nanoTime();
      terminal.say("%,d of about %,d tasks, up to id %s%s".formatted(done, all, last, more));
    }
  }

  private long waiting() {
    return jdbc.sql("SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT :most) AS waiting")
        .param("most", LONGEST_OUTBOX + 1)
        .query(Long.class)
        .single();
  }

  long done() {
    return done;
  }

  /** The id of the last task that is done. */
  String last() {
    return last;
  }
}
