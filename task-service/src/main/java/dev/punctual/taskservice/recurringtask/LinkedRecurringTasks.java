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
  public void forgetTag(String userId, String tagId) {
    // No request gives out the tag meanwhile (the caller's lock), and nothing else does.
    var ids =
        jdbc.sql(
                """
                SELECT id FROM recurring_tasks
                WHERE user_id = :userId
                  AND id IN (SELECT recurring_task_id FROM recurring_task_tags WHERE tag_id = :tagId)
                ORDER BY id FOR UPDATE
                """)
            .param("userId", userId)
            .param("tagId", tagId)
            .query(String.class)
            .list();
    jdbc.sql(
            """
            UPDATE recurring_tasks SET version = version + 1 WHERE id = ANY(:ids) AND user_id = :userId
            """)
        .param("ids", ids.toArray(String[]::new))
        .param("userId", userId)
        .update();
    jdbc.sql("DELETE FROM recurring_task_tags WHERE tag_id = :tagId")
        .param("tagId", tagId)
        .update();
    outbox.append(
        ids.stream()
            .map(id -> templates.find(userId, id).orElseThrow())
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
