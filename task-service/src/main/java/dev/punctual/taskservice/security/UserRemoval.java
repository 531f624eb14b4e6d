package dev.punctual.taskservice.security;

import dev.punctual.event.UserEvent;
import dev.punctual.outbox.Outbox;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deletes a user and everything of theirs, and tells of it once for all of it. */
@Service
class UserRemoval {

  private final JdbcClient jdbc;
  private final Outbox outbox;

  UserRemoval(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /** A user that is not there is no error. */
  @Transactional
  void remove(CurrentUser user) {
    // Waits for the user's running writes: their events come before this one.
    if (lock("SELECT id FROM users WHERE id = :user FOR UPDATE", user).isEmpty()) {
      return;
    }
    // In the order that everybody locks in; the cascade has one of its own.
    lock("SELECT id FROM tasks WHERE user_id = :user ORDER BY id FOR UPDATE", user);
    lock("SELECT id FROM recurring_tasks WHERE user_id = :user ORDER BY id FOR UPDATE", user);
    deleteTimers("timers", user);
    deleteTimers("timers_parked", user);
    jdbc.sql("DELETE FROM users WHERE id = :user").param("user", user.id()).update();
    outbox.append(new UserEvent(user.id()));
  }

  private List<String> lock(String rows, CurrentUser user) {
    return jdbc.sql(rows).param("user", user.id()).query(String.class).list();
  }

  /** No foreign key takes them along. */
  private void deleteTimers(String table, CurrentUser user) {
    jdbc.sql(
            """
            DELETE FROM %1$s USING (
              SELECT 'reminder' AS kind, id FROM tasks WHERE user_id = :user
              UNION ALL SELECT 'successor', id FROM tasks WHERE user_id = :user
              UNION ALL SELECT 'successor', task_id FROM owed_successors WHERE user_id = :user
              UNION ALL SELECT 'template', id FROM recurring_tasks WHERE user_id = :user
            ) AS theirs
            WHERE %1$s.kind = theirs.kind AND %1$s.id = theirs.id
            """
                .formatted(table))
        .param("user", user.id())
        .update();
  }
}
