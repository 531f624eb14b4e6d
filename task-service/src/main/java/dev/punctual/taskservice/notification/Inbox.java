package dev.punctual.taskservice.notification;

import dev.punctual.taskservice.http.Cursor;
import dev.punctual.taskservice.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code notifications}; the reminder-worker writes them, here they are read. */
@Repository
class Inbox {

  private static final String COLUMNS =
      "id, task_id, title, due_date, remind_at, fired_at, late_by_ms, read_at";

  private final JdbcClient jdbc;

  Inbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Up to {@code limit} of a user's notifications, the newest first. */
  List<Notification> list(
      String userId,
      boolean unreadOnly,
      @Nullable String taskId,
      @Nullable Cursor after,
      int limit) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                 FROM notifications
                WHERE user_id = :userId
                  AND (NOT :unreadOnly OR read_at IS NULL)
                  AND (:taskId::text IS NULL OR task_id = :taskId)
                  AND (:after::text IS NULL OR id < :after)
                ORDER BY id DESC LIMIT :limit
                """)
        .param("userId", userId)
        .param("unreadOnly", unreadOnly)
        .param("taskId", taskId)
        .param("after", after == null ? null : after.id())
        .param("limit", limit)
        .query(Inbox::read)
        .list();
  }

  /** Marks one as read; the first time counts. */
  Optional<Notification> markRead(String userId, String id) {
    return jdbc.sql(
            """
            UPDATE notifications SET read_at = coalesce(read_at, statement_timestamp())
            WHERE id = :id AND user_id = :userId
            RETURNING\s"""
                + COLUMNS)
        .param("id", id)
        .param("userId", userId)
        .query(Inbox::read)
        .optional();
  }

  /** Marks all as read; returns how many were not. */
  int markAllRead(String userId) {
    return jdbc.sql(
            """
            UPDATE notifications SET read_at = statement_timestamp()
            WHERE user_id = :userId AND read_at IS NULL
            """)
        .param("userId", userId)
        .update();
  }

  private static Notification read(ResultSet row, int number) throws SQLException {
    return new Notification(
        row.getString("id"),
        row.getString("task_id"),
        row.getString("title"),
        Columns.instantOrNull(row, "due_date"),
        Columns.instant(row, "remind_at"),
        Columns.instant(row, "fired_at"),
        row.getLong("late_by_ms"),
        Columns.instantOrNull(row, "read_at"));
  }
}
