package dev.punctual.taskservice.tag;

import dev.punctual.event.Cause;
import dev.punctual.event.TagEvent;
import dev.punctual.event.Task.TagRef;
import dev.punctual.id.UuidV7;
import dev.punctual.outbox.Outbox;
import dev.punctual.taskservice.http.FieldReader;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tags of users, by their names. */
@Repository
public class Tags {

  public static final int MAX_NAME_LENGTH = 50;

  private static final int MAX_COUNT = 50;

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final InstantSource clock;

  Tags(JdbcClient jdbc, Outbox outbox, InstantSource clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Reads a list of names. */
  public static FieldReader<List<String>> names() {
    return FieldReader.names(MAX_COUNT, MAX_NAME_LENGTH);
  }

  /**
   * The user's tags with these names, in the order of the names; those that are missing are made.
   * The caller holds the lock of {@code Users.lockAlone}.
   */
  public List<TagRef> named(String userId, Collection<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    createMissing(userId, names);
    return jdbc.sql(
            """
            SELECT id, name FROM tags WHERE user_id = :userId AND name = ANY(:names) ORDER BY name, id
            """)
        .param("userId", userId)
        .param("names", names.toArray(String[]::new))
        .query(TagRef.class)
        .list();
  }

  private void createMissing(String userId, Collection<String> names) {
    var now = clock.instant();
    var created =
        jdbc.sql(
                """
                INSERT INTO tags (id, user_id, name)
                SELECT id, :userId, name FROM unnest(:ids::text[], :names::text[]) AS new (id, name)
                ON CONFLICT (user_id, name) DO NOTHING
                RETURNING id, user_id, name, color, created_at, updated_at
                """)
            .param("userId", userId)
            .param("ids", names.stream().map(name -> UuidV7.at(now)).toArray(String[]::new))
            .param("names", names.toArray(String[]::new))
            .query(TagTable::read)
            .list();
    outbox.append(
        created.stream()
            .map(tag -> new TagEvent(TagEvent.Kind.CREATED, tag, Cause.user(userId)))
            .toList());
  }
}
