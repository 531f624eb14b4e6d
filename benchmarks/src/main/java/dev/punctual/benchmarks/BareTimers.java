package dev.punctual.benchmarks;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The floor: one statement that claims a thousand due timers and writes their notifications and
 * events, again and again, from two threads. It waits a millisecond when nothing is due.
 */
final class BareTimers implements TimerContender {

  private static final int BATCH = 1000;
  private static final int THREADS = 2;

  private final TimerServers servers;
  private final String name;
  private final JdbcClient jdbc;
  private final List<Thread> threads =
      IntStream.range(0, THREADS).mapToObj(n -> new Thread(this::run, "bare-" + n)).toList();
  private volatile boolean stopped;

  BareTimers(TimerServers servers, String name) {
    this.servers = servers;
    this.name = name;
    jdbc = servers.newDatabase(name);
    TimerLoad.users(jdbc);
  }

  @Override
  public JdbcClient jdbc() {
    return jdbc;
  }

  @Override
  public void schedule(TimerLoad load) {
    load.tasks(jdbc);
    load.timers(jdbc);
    // Its own index: it knows no slots.
    jdbc.sql("CREATE INDEX IF NOT EXISTS ix_bare ON timers (fire_at)").update();
  }

  @Override
  public void start() {
    threads.forEach(Thread::start);
  }

  private void run() {
    var connection = PeerConnections.single(servers.url(name));
    var own = JdbcClient.create(connection);
    while (!stopped) {
      if (fire(own) == 0) {
        Waiting.millis(1);
      }
    }
    connection.destroy();
  }

  private static int fire(JdbcClient own) {
    return own.sql(
            """
            WITH due AS MATERIALIZED (
              SELECT kind, id, fire_at FROM timers WHERE fire_at <= statement_timestamp()
              ORDER BY fire_at LIMIT :batch FOR UPDATE SKIP LOCKED
            ), claimed AS (
              DELETE FROM timers USING due WHERE timers.kind = due.kind AND timers.id = due.id
              RETURNING timers.id, timers.fire_at
            ), notified AS (
              INSERT INTO notifications (id, user_id, task_id, title, due_date, remind_at, fired_at, late_by_ms)
              SELECT gen_random_uuid(), tasks.user_id, tasks.id, title, due_date, fire_at, statement_timestamp(),
                extract(epoch FROM statement_timestamp() - fire_at) * 1000
              FROM claimed JOIN tasks ON tasks.id = claimed.id
              WHERE NOT is_complete AND remind_at = fire_at
              ON CONFLICT (task_id, remind_at) DO NOTHING
              RETURNING id, user_id, task_id, title, due_date, remind_at, fired_at, late_by_ms
            )
            INSERT INTO outbox (topic, key, event_id, type, payload, headers)
            SELECT 'notifications', task_id, gen_random_uuid(), 'reminder.due', row_to_json(notified)::text, '{}'
            FROM notified
            """)
        .param("batch", BATCH)
        .update();
  }

  @Override
  public void close() {
    stopped = true;
    threads.forEach(Waiting::untilEnded);
  }
}
