package dev.punctual.taskservice;

import dev.punctual.testing.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What requests left in the database, beside the tasks that the API shows. */
public final class Rows {

  private static final JsonMapper JSON = new JsonMapper();

  private final Database database;
  private final JdbcClient jdbc;

  Rows(Database database) {
    this.database = database;
    this.jdbc = database.jdbc();
  }

  /** Transactions beside those of requests, as workers have them. */
  public TransactionTemplate transactions() {
    return database.transactions();
  }

  public boolean anyoneWaitsForALock() {
    return !jdbc.sql(
            """
            SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """)
        .query(Integer.class)
        .list()
        .isEmpty();
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /** An event that waits in the outbox. */
  public record Waiting(String type, JsonNode data) {

    public long version() {
      return data.path("version").asLong();
    }

    public List<String> changed() {
      return data.path("changed").valueStream().map(JsonNode::asString).toList();
    }
  }

  /** The events about a task, template or tag, hints aside, in their order. */
  public List<Waiting> events(String key) {
    return jdbc.sql(
            "SELECT type, payload FROM outbox WHERE key = :key AND topic = 'task-events' ORDER BY id")
        .param("key", key)
        .query((row, n) -> new Waiting(row.getString(1), JSON.readTree(row.getString(2))))
        .list();
  }

  public List<String> eventTypes(String key) {
    return events(key).stream().map(Waiting::type).toList();
  }

  public long eventCount() {
    return jdbc.sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  /** The instant at which a timer fires, if it is set. */
  public Optional<Instant> timer(String kind, String id) {
    return jdbc.sql("SELECT fire_at FROM timers WHERE kind = :kind AND id = :id")
        .param("kind", kind)
        .param("id", id)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }
}
