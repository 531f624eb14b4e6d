package dev.punctual.taskservice.task;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The tasks that were spawned because others were completed. */
@Service
class Successors {

  private final JdbcClient jdbc;
  private final TaskTable tasks;
  private final TaskRemoval removal;

  Successors(JdbcClient jdbc, TaskTable tasks, TaskRemoval removal) {
    this.jdbc = jdbc;
    this.tasks = tasks;
    this.removal = removal;
  }

  private record Entry(String id, @Nullable String taskId) {}

  /**
   * Takes back the successor of a task that is reopened, so that completing it again makes one
   * anew. A successor that somebody has touched stays, and remains the only one. One that was
   * deleted meanwhile no longer counts, unless it had been completed: then the chain has gone on
   * from it.
   */
  void takeBack(StoredTask reopened) {
    var userId = reopened.task().userId();
    jdbc.sql(
            """
            SELECT id, task_id FROM occurrences
            WHERE predecessor = :id AND user_id = :userId AND state = 'spawned'
            """)
        .param("id", reopened.id())
        .param("userId", userId)
        .query(Entry.class)
        .optional()
        .ifPresent(entry -> takeBack(userId, entry));
  }

  private void takeBack(String userId, Entry entry) {
    var taskId = entry.taskId();
    var spawned = taskId == null ? null : tasks.lockAlone(userId, taskId).orElse(null);
    if (spawned != null) {
      if (spawned.version() > 1) {
        return;
      }
      removal.remove(spawned);
    } else if (taskId != null && hadBeenCompleted(userId, taskId)) {
      return;
    }
    jdbc.sql("UPDATE occurrences SET state = 'withdrawn' WHERE id = :id AND user_id = :userId")
        .param("id", entry.id())
        .param("userId", userId)
        .update();
  }

  /** Whether a task that is gone has a successor, or owes one. */
  private boolean hadBeenCompleted(String userId, String taskId) {
    // One statement, and so one snapshot: a worker turns the debt into the successor meanwhile.
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM occurrences
                           WHERE predecessor = :id AND user_id = :userId AND state = 'spawned')
                OR EXISTS (SELECT FROM owed_successors WHERE task_id = :id AND user_id = :userId)
            """)
        .param("id", taskId)
        .param("userId", userId)
        .query(Boolean.class)
        .single();
  }
}
