package dev.punctual.taskservice.sql;

import dev.punctual.event.EventJson;
import dev.punctual.event.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Reads and binds what the driver does not do by itself: instants, JSON, tags. */
public final class Columns {

  private static final TypeReference<List<Task.TagRef>> TAGS = new TypeReference<>() {};

  private Columns() {}

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  public static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
    var json = row.getString(column);
    return json == null ? null : EventJson.MAPPER.readTree(json);
  }

  /** A JSON array of objects with id and name; null is an empty list. */
  public static List<Task.TagRef> tags(ResultSet row, String column) throws SQLException {
    var json = row.getString(column);
    return json == null ? List.of() : EventJson.MAPPER.readValue(json, TAGS);
  }

  public static @Nullable OffsetDateTime bound(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  public static @Nullable String bound(@Nullable JsonNode json) {
    return json == null ? null : EventJson.MAPPER.writeValueAsString(json);
  }
}
