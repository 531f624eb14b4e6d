package dev.punctual.benchmarks;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a load's notifications say: by PostgreSQL's own note of when each row's transaction was
 * committed, taken just before its flush to disk.
 *
 * @param seconds from the first instant, or the first commit if that was early, to the last commit
 */
record FiredFigures(
    long fired, long distinct, double seconds, double min, double p50, double p99, double max) {

  static FiredFigures of(JdbcClient jdbc, TimerLoad load) {
    return jdbc.sql(
            """
            SELECT count(*) AS fired, count(DISTINCT task_id) AS distinct,
              coalesce(extract(epoch FROM max(committed) - least(min(committed), :first)), 0) AS seconds,
              coalesce(min(late), 0) AS min, coalesce(max(late), 0) AS max,
              coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY late), 0) AS p50,
              coalesce(percentile_disc(0.99) WITHIN GROUP (ORDER BY late), 0) AS p99
            FROM (
              SELECT task_id, committed, extract(epoch FROM committed - remind_at) * 1000 AS late
              FROM (SELECT task_id, remind_at, pg_xact_commit_timestamp(xmin) AS committed FROM notifications
                    WHERE task_id LIKE :ids) AS rows
            ) AS fired
            """)
        .param("first", load.start())
        .param("ids", load.idPattern())
        .query(
            (row, number) ->
                new FiredFigures(
                    row.getLong("fired"),
                    row.getLong("distinct"),
                    row.getDouble("seconds"),
                    row.getDouble("min"),
                    row.getDouble("p50"),
                    row.getDouble("p99"),
                    row.getDouble("max")))
        .single();
  }

  double perSecond() {
    return fired / seconds;
  }
}
