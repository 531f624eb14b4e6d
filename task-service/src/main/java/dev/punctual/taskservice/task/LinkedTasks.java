package dev.punctual.taskservice.task;

import dev.punctual.event.Cause;
import dev.punctual.event.TaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.tag.TagBearer;
import java.util.List;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Tasks that point at something that is about to be deleted: they let go of it first, at their next
 * version and with an event, so that no cascade changes a task silently.
 */
@Service
@Order(2)
public class LinkedTasks implements TagBearer {

  private final JdbcClient jdbc;
  private final TaskTable tasks;
  private final Outbox outbox;

  LinkedTasks(JdbcClient jdbc, TaskTable tasks, Outbox outbox) {
    this.jdbc = jdbc;
    this.tasks = tasks;
    this.outbox = outbox;
  }

  /** How many tasks point at a template; counts up to {@code limit}. */
  public int countOfTemplate(String userId, String templateId, int limit) {
    return jdbc.sql(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM tasks WHERE recurring_task_id = :templateId AND user_id = :userId LIMIT :limit) AS found
            """)
        .param("templateId", templateId)
        .param("userId", userId)
        .param("limit", limit)
        .query(Integer.class)
        .single();
  }

  /**
   * Takes a template from the tasks that point at it, up to {@code limit}. The caller holds the
   * template's lock, so that it spawns no more tasks.
   */
  public void forgetTemplate(String userId, String templateId, int limit) {
    var ids =
        jdbc.sql(
                """
                SELECT id FROM tasks WHERE recurring_task_id = :templateId AND user_id = :userId
                ORDER BY id LIMIT :limit FOR UPDATE
                """)
            .param("templateId", templateId)
            .param("userId", userId)
            .param("limit", limit)
            .query(String.class)
            .set();
    bump(userId, ids);
    jdbc.sql(
            """
            UPDATE tasks SET recurring_task_id = NULL WHERE id = ANY(:ids) AND user_id = :userId
            """)
        .param("ids", ids.toArray(String[]::new))
        .param("userId", userId)
        .update();
    announce(userId, ids, "recurring_task_id");
  }

  @Override
  public void forgetTag(String userId, String tagId, int limit) {
    var ids = bearers(userId, tagId, limit);
    bump(userId, ids);
    jdbc.sql(
            """
            DELETE FROM task_tags x USING tasks t
            WHERE x.tag_id = :tagId AND x.task_id = ANY(:ids) AND t.id = x.task_id AND t.user_id = :userId
            """)
        .param("tagId", tagId)
        .param("ids", ids.toArray(String[]::new))
        .param("userId", userId)
        .update();
    announce(userId, ids, "tags");
    // Last: a task whose deletion was waited for has left its tags here.
    jdbc.sql(
            """
            UPDATE owed_successors SET tag_ids = array_remove(tag_ids, :tagId)
            WHERE user_id = :userId AND :tagId = ANY(tag_ids)
            """)
        .param("tagId", tagId)
        .param("userId", userId)
        .update();
  }

  private Set<String> bearers(String userId, String tagId, int limit) {
    return jdbc.sql(
            """
            SELECT id FROM tasks
            WHERE user_id = :userId AND id IN (SELECT task_id FROM task_tags WHERE tag_id = :tagId)
            ORDER BY id LIMIT :limit FOR UPDATE
            """)
        .param("userId", userId)
        .param("tagId", tagId)
        .param("limit", limit)
        .query(String.class)
        .set();
  }

  private void bump(String userId, Set<String> ids) {
    jdbc.sql(
            """
            UPDATE tasks SET version = version + 1, updated_at = statement_timestamp()
            WHERE id = ANY(:ids) AND user_id = :userId
            """)
        .param("ids", ids.toArray(String[]::new))
        .param("userId", userId)
        .update();
  }

  private void announce(String userId, Set<String> ids, String changed) {
    outbox.append(
        tasks.find(userId, ids).stream()
            .map(
                task ->
                    new TaskEvent(
                        TaskEvent.Kind.UPDATED,
                        task.version(),
                        List.of(changed),
                        task.task(),
                        Cause.user(userId)))
            .toList());
  }
}
