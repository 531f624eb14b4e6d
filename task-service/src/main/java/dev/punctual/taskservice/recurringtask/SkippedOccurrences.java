package dev.punctual.taskservice.recurringtask;

import dev.punctual.id.UuidV7;
import dev.punctual.recurrence.Occurrence;
import dev.punctual.taskservice.sql.Columns;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The entries of the ledger that requests make: occurrences that a user wants to leave out. */
@Repository
class SkippedOccurrences {

  private final JdbcClient jdbc;
  private final InstantSource clock;

  SkippedOccurrences(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Records one; nothing happens if the ledger has it already. */
  void record(StoredTemplate template, Occurrence occurrence, int position) {
    jdbc.sql(
            """
            INSERT INTO occurrences (id, series_id, occurrence, due_at, user_id, position, state)
            VALUES (:id, :seriesId, :local, :at, :userId, :position, 'skipped')
            ON CONFLICT DO NOTHING
            """)
        .param("id", UuidV7.at(clock.instant()))
        .param("seriesId", template.id())
        .param("local", occurrence.local())
        .param("at", Columns.bound(occurrence.at()))
        .param("userId", template.template().userId())
        .param("position", position)
        .update();
  }
}
