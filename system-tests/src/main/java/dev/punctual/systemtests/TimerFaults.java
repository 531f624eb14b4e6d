package dev.punctual.systemtests;

import dev.punctual.event.Task;
import dev.punctual.systemtests.Fault.Scene;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What users do to timers: many at one instant, edits at the very instant, a lock held, an effect
 * that fails.
 */
final class TimerFaults {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SHORTEST_LEAD = Duration.ofSeconds(2);

  /** What the writing of one task with its timer and events takes at most. */
  private static final Duration A_TASK = Duration.of(700, ChronoUnit.MICROS);

  private static final Duration ON_TIME = Duration.ofSeconds(2);

  private TimerFaults() {}

  static List<Fault> all() {
    return List.of(
        new NamedFault("one-instant", "many reminders at one instant", TimerFaults::oneInstant),
        new NamedFault(
                "edit-at-instant",
                "reminders are moved, completed and deleted at their instant",
                TimerFaults::editAtInstant)
            .promising(ON_TIME),
        new NamedFault(
            "locked-task",
            "an edit keeps a task locked while many others are due",
            TimerFaults::lockedTask),
        new NamedFault(
            "poison-timer",
            "one timer's effect always fails: it is parked, the others fire",
            TimerFaults::poisonTimer));
  }

  private static void oneInstant(Scene scene) {
    var tasks = new DueTasks(scene.installation());
    var due = due(tasks, scene.extent().times(200, 100_000));
    var late = tasks.awaitFired(due, PATIENCE);
    scene
        .report()
        .line("%d at one instant, at most %d ms late".formatted(due.size(), late.toMillis()));
  }

  private static void editAtInstant(Scene scene) {
    int edits = scene.extent().times(40, 3_000);
    try (var edited = new EditsAtInstant(scene);
        var stream =
            new ReminderStream(scene.installation(), scene.extent().times(50, 500), edited::plan)) {
      Waiting.until("so many edits", PATIENCE, () -> edited.done() >= edits);
      scene.report().line("edits among %d reminders".formatted(stream.written()));
    }
  }

  /**
   * The lock is taken with SQL, and it is the one that an edit over REST takes: an edit itself is
   * done within milliseconds, and no request can make it hold on.
   */
  private static void lockedTask(Scene scene) {
    var tasks = new DueTasks(scene.installation());
    var due = due(tasks, scene.extent().times(50, 1_000));
    var locked = due.subList(0, 1);
    var others = due.subList(1, due.size());
    try (var connection = scene.installation().postgres().connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT 1 FROM tasks WHERE id = '" + locked.get(0).id() + "' FOR UPDATE");
      var late = tasks.awaitFired(others, PATIENCE);
      scene.expectations().within(ON_TIME, late, others.size() + " reminders beside a locked task");
      if (tasks.fired(locked) != 0) {
        throw new AssertionError("A reminder fired while an edit held its task");
      }
      Waiting.pause(scene.extent().seconds(0, 10));
      connection.rollback();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    tasks.awaitFired(locked, PATIENCE);
  }

  private static void poisonTimer(Scene scene) {
    var tasks = new DueTasks(scene.installation());
    var due = due(tasks, scene.extent().times(50, 1_000));
    var poison = due.get(0);
    var jdbc = scene.installation().jdbc();
    jdbc.sql(
            """
            ALTER TABLE notifications ADD CONSTRAINT poison CHECK (task_id <> '%s') NOT VALID
            """
                .formatted(poison.id()))
        .update();
    var others = due.subList(1, due.size());
    var late = tasks.awaitFired(others, PATIENCE);
    scene.expectations().within(ON_TIME, late, others.size() + " reminders beside one that fails");
    Waiting.until(
        "the failing timer is parked",
        PATIENCE,
        () ->
            jdbc.sql("SELECT count(*) FROM timers_parked WHERE id = :id AND reason LIKE '%poison%'")
                    .param("id", poison.id())
                    .query(Long.class)
                    .single()
                == 1);
    // The cause is mended, and the timer moved back.
    jdbc.sql("ALTER TABLE notifications DROP CONSTRAINT poison").update();
    jdbc.sql(
            """
            WITH back AS (DELETE FROM timers_parked WHERE id = :id RETURNING kind, id, slot, fire_at)
            INSERT INTO timers (kind, id, slot, fire_at) SELECT kind, id, slot, fire_at FROM back
            """)
        .param("id", poison.id())
        .update();
    tasks.awaitFired(List.of(poison), PATIENCE);
  }

  /** So many tasks whose one instant comes when all are written, and others as well. */
  private static List<Task> due(DueTasks tasks, int many) {
    var at = Instant.now().plus(SHORTEST_LEAD).plus(A_TASK.multipliedBy(many));
    var due = tasks.write(many, at);
    if (Instant.now().isAfter(at)) {
      throw new AssertionError("Writing " + many + " tasks took longer than until their instant");
    }
    return due;
  }
}
