package dev.punctual.benchmarks;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What a database was asked to do: statements, and transactions that were committed. */
record Work(long statements, long commits) {

  static Work of(JdbcClient jdbc) {
    return jdbc.sql(
            """
            SELECT
              (SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements AS s JOIN pg_database AS d ON d.oid = s.dbid
               WHERE d.datname = current_database() AND query NOT LIKE '%pg_stat%'
                 AND query NOT LIKE 'SELECT count(*) FROM notifications%') AS statements,
              (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()) AS commits
            """)
        .query((row, number) -> new Work(row.getLong("statements"), row.getLong("commits")))
        .single();
  }

  Work since(Work before) {
    return new Work(statements - before.statements, commits - before.commits);
  }
}
