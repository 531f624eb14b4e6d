package dev.punctual.recurrenceworker;

import dev.punctual.id.UuidV7;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What became of each occurrence: the table {@code occurrences}. Its unique keys make each spawn
 * happen once, whatever is fired again.
 */
@Repository
class Ledger {

  private final JdbcClient jdbc;
  private final InstantSource clock;

  Ledger(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Records occurrences; returns those that were not known before. */
  List<Entry> record(List<Entry> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    var now = clock.instant();
    String[] ids = entries.stream().map(entry -> UuidV7.at(now)).toArray(String[]::new);
    Set<String> recorded =
        new HashSet<>(
            jdbc.sql(
                    """
                    INSERT INTO occurrences
                      (id, series_id, occurrence, due_at, user_id, predecessor, task_id, position, state)
                    SELECT * FROM unnest(:ids::text[], :series::text[], :occurrences::timestamp[], :dueAts::timestamptz[],
                        :users::text[], :predecessors::text[], :tasks::text[], :positions::integer[], :states::text[])
                    ON CONFLICT DO NOTHING
                    RETURNING id
                    """)
                .param("ids", ids)
                .param("series", Rows.column(entries, Entry::seriesId))
                .param("occurrences", Rows.column(entries, s -> s.occurrence().local()))
                .param("dueAts", Rows.column(entries, s -> s.occurrence().at()))
                .param("users", Rows.column(entries, Entry::userId))
                .param("predecessors", Rows.column(entries, Entry::predecessor))
                .param("tasks", Rows.column(entries, Entry::taskId))
                .param("positions", Rows.column(entries, Entry::position))
                .param("states", Rows.column(entries, s -> s.state().sqlName()))
                .query(String.class)
                .list());
    return IntStream.range(0, ids.length)
        .filter(i -> recorded.contains(ids[i]))
        .mapToObj(entries::get)
        .toList();
  }
}
