package dev.punctual.taskservice.recurringtask;

import dev.punctual.event.Cause;
import dev.punctual.event.RecurringTaskEvent;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.tag.TagBearer;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Templates let go of a tag before their tasks do: whoever locks both locks templates first. */
@Service
@Order(1)
class LinkedRecurringTasks implements TagBearer {

  private final JdbcClient jdbc;
  private final RecurringTaskTable templates;
  private final Outbox outbox;

  LinkedRecurringTasks(JdbcClient jdbc, RecurringTaskTable templates, Outbox outbox) {
    this.jdbc = jdbc;
    this.templates = templates;
    this.outbox = outbox;
  }

  @Override
  public void forgetTag(String userId, String tagId, int limit) {
    var ids =
        jdbc.sql(
                """
                SELECT id FROM recurring_tasks
                WHERE user_id = :userId
                  AND id IN (SELECT recurring_task_id FROM recurring_task_tags WHERE tag_id = :tagId)
                ORDER BY id LIMIT :limit FOR UPDATE
                """)
            .param("userId", userId)
            .param("tagId", tagId)
            .param("limit", limit)
            .query(String.class)
            .list();
    jdbc.sql(
            """
            UPDATE recurring_tasks SET version = version + 1 WHERE id = ANY(:ids) AND user_id = :userId
            """)
        .param("ids", ids.toArray(String[]::new))
        .param("userId", userId)
        .update();
    jdbc.sql(
            """
            DELETE FROM recurring_task_tags x USING recurring_tasks r
            WHERE x.tag_id = :tagId AND r.id = x.recurring_task_id AND r.id = ANY(:ids) AND r.user_id = :userId
            """)
        .param("tagId", tagId)
        .param("ids", ids.toArray(String[]::new))
        .param("userId", userId)
        .update();
    outbox.append(
        templates.find(userId, ids).stream()
            .map(
                after ->
                    new RecurringTaskEvent(
                        RecurringTaskEvent.Kind.UPDATED,
                        after.version(),
                        List.of("tags"),
                        after.template(),
                        Cause.user(userId)))
            .toList());
  }
}
