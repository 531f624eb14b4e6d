package dev.punctual.taskservice.tag;

import dev.punctual.event.TagEvent;
import dev.punctual.taskservice.http.Cursor;
import dev.punctual.taskservice.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code tags}. */
@Repository
class TagTable {

  private final JdbcClient jdbc;

  TagTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<TagEvent.Tag> find(String userId, String id) {
    return jdbc.sql(
            """
            SELECT id, user_id, name, color, created_at, updated_at FROM tags
            WHERE id = :id AND user_id = :userId
            """)
        .param("id", id)
        .param("userId", userId)
        .query(TagTable::read)
        .optional();
  }

  /** Locks a tag, so that nothing takes it on; waits for who is just copying it. */
  Optional<TagEvent.Tag> lock(String userId, String id) {
    return jdbc.sql(
            """
            SELECT id, user_id, name, color, created_at, updated_at FROM tags
            WHERE id = :id AND user_id = :userId FOR UPDATE
            """)
        .param("id", id)
        .param("userId", userId)
        .query(TagTable::read)
        .optional();
  }

  /** How many tasks and templates carry a tag; counts up to {@code limit} of each. */
  int bearers(String userId, String id, int limit) {
    return jdbc.sql(
            """
            SELECT count(*) FROM (
              (SELECT 1 FROM task_tags x JOIN tags g ON g.id = x.tag_id
               WHERE g.id = :id AND g.user_id = :userId LIMIT :limit)
              UNION ALL
              (SELECT 1 FROM recurring_task_tags x JOIN tags g ON g.id = x.tag_id
               WHERE g.id = :id AND g.user_id = :userId LIMIT :limit)) AS found
            """)
        .param("id", id)
        .param("userId", userId)
        .param("limit", limit)
        .query(Integer.class)
        .single();
  }

  /** Up to {@code limit} of a user's tags, by name. */
  List<TagEvent.Tag> list(String userId, @Nullable Cursor after, int limit) {
    return jdbc.sql(
            """
            SELECT id, user_id, name, color, created_at, updated_at FROM tags
            WHERE user_id = :userId AND (:after::text IS NULL OR name > :after)
            ORDER BY name LIMIT :limit
            """)
        .param("userId", userId)
        .param("after", after == null ? null : after.value())
        .param("limit", limit)
        .query(TagTable::read)
        .list();
  }

  TagEvent.Tag insert(String userId, String id, TagFields fields) {
    return jdbc.sql(
            """
            INSERT INTO tags (id, user_id, name, color) VALUES (:id, :userId, :name, :color)
            RETURNING id, user_id, name, color, created_at, updated_at
            """)
        .param("id", id)
        .param("userId", userId)
        .param("name", fields.name())
        .param("color", fields.color())
        .query(TagTable::read)
        .single();
  }

  TagEvent.Tag update(TagEvent.Tag before, TagFields fields) {
    return jdbc.sql(
            """
            UPDATE tags SET name = :name, color = :color, updated_at = statement_timestamp()
            WHERE id = :id AND user_id = :userId
            RETURNING id, user_id, name, color, created_at, updated_at
            """)
        .param("id", before.id())
        .param("userId", before.userId())
        .param("name", fields.name())
        .param("color", fields.color())
        .query(TagTable::read)
        .single();
  }

  void delete(TagEvent.Tag tag) {
    jdbc.sql("DELETE FROM tags WHERE id = :id AND user_id = :userId")
        .param("id", tag.id())
        .param("userId", tag.userId())
        .update();
  }

  static TagEvent.Tag read(ResultSet row, int number) throws SQLException {
    return new TagEvent.Tag(
        row.getString("id"),
        row.getString("user_id"),
        row.getString("name"),
        row.getString("color"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "updated_at"));
  }
}
