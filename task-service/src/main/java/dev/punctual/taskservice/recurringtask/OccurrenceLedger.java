package dev.punctual.taskservice.recurringtask;

import dev.punctual.id.UuidV7;
import dev.punctual.recurrence.Occurrence;
import dev.punctual.taskservice.sql.Columns;
import dev.punctual.taskservice.task.Instances;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The history of templates, as far as requests read and write it. */
@Repository
class OccurrenceLedger {

  private final JdbcClient jdbc;
  private final InstantSource clock;

  OccurrenceLedger(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Records an occurrence to be left out; nothing happens if the ledger has it already. */
  void skipped(StoredTemplate template, Occurrence occurrence) {
    record(template, occurrence.local(), occurrence.at(), template.handled() + 1, "skipped", null);
  }

  /** Records a task that was made at once; {@code local} must be no occurrence of the rule. */
  void ran(StoredTemplate template, LocalDateTime local, Instant due, String taskId) {
    record(template, local, due, Instances.BESIDE_THE_RULE, "spawned", taskId);
  }

  private void record(
      StoredTemplate template,
      LocalDateTime local,
      Instant at,
      int position,
      String state,
      @Nullable String taskId) {
    jdbc.sql(
            """
            INSERT INTO occurrences (id, series_id, occurrence, due_at, user_id, task_id, position, state)
            VALUES (:id, :seriesId, :local, :at, :userId, :taskId, :position, :state)
            ON CONFLICT DO NOTHING
            """)
        .param("id", UuidV7.at(clock.instant()))
        .param("seriesId", template.id())
        .param("local", local)
        .param("at", Columns.bound(at))
        .param("userId", template.template().userId())
        .param("taskId", taskId)
        .param("position", position)
        .param("state", state)
        .update();
  }

  /** The local times, after the given one, that the template will not spawn (again). */
  Set<LocalDateTime> after(StoredTemplate template, LocalDateTime local) {
    return jdbc.sql(
            """
            SELECT occurrence FROM occurrences
            WHERE series_id = :seriesId AND user_id = :userId AND predecessor IS NULL AND occurrence > :local
            """)
        .param("seriesId", template.id())
        .param("userId", template.template().userId())
        .param("local", local)
        .query(LocalDateTime.class)
        .set();
  }
}
